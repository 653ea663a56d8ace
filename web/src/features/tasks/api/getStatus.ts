import { api, dataOf, type Schemas } from "@/lib/api";

export type TaskStatus = Schemas["TaskStatus"];

/** The status of a record, by the module that it belongs to. */
export interface StatusOf {
  sheets: TaskStatus;
  screenings: Schemas["ScreeningStatus"];
  extractions: Schemas["ExtractionStatus"];
}

export type Module = keyof StatusOf;
/** What the statuses of all modules tell. */
export type Work = Omit<TaskStatus, "record">;

/** Ask how far the work on a record has come; with a job, how far that one has. */
export async function getStatus<M extends Module>(
  module: M,
  recordId: string,
  jobId: number | undefined,
  signal: AbortSignal,
): Promise<StatusOf[M]> {
  const path = `/api/v1/${module as Module}/tasks/{record_id}/status` as const;
  const query = jobId === undefined ? {} : { jobId };
  const answer = await dataOf(
    api.GET(path, { params: { path: { record_id: recordId }, query }, signal }),
  );
  return answer as StatusOf[M];
}
