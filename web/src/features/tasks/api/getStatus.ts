import { api, dataOf, type Schemas } from "@/lib/api";

export type TaskStatus = Schemas["TaskStatus"];

/** Ask how far the work on a record has come; with a job, how far that one has. */
export function getStatus(
  recordId: string,
  jobId: number | undefined,
  signal: AbortSignal,
): Promise<TaskStatus> {
  return dataOf(
    api.GET("/api/v1/sheets/tasks/{record_id}/status", {
      params: { path: { record_id: recordId }, query: jobId === undefined ? {} : { jobId } },
      signal,
    }),
  );
}
