import { useQuery, type Query } from "@tanstack/react-query";

import { Problem } from "@/lib/problem";

import { getStatus, type Module, type StatusOf, type Work } from "./api/getStatus";

export const FIRST_POLL_MS = 2_000;
export const LAST_POLL_MS = 10_000;
const BACK_OFF = 1.5;

interface Polled<Status> {
  status: Status;
  /** How many polls in a row have brought nothing new. */
  unchanged: number;
}

interface Task<M extends Module> {
  /** Sheets, unless it says otherwise. */
  module?: M;
  recordId: string;
  /** The job that decides; without it, the record's newest that has not ended. */
  jobId?: number | undefined;
}

export function statusKey({ recordId, jobId }: Task<Module>) {
  return ["status", recordId, jobId ?? null] as const;
}

/**
 * Follow a task until it is ready, failed or cancelled.
 *
 * One poll at a time, however many components ask; each 2 s, up to 10 s while nothing changes. It
 * rests while the tab is hidden, and ends with the last component that asks.
 */
export function useTaskStatus<M extends Module = "sheets">(task: Task<M>, { enabled = true } = {}) {
  const module = task.module ?? ("sheets" as M);
  return useQuery({
    queryKey: statusKey(task),
    queryFn: async ({ client, queryKey, signal }): Promise<Polled<StatusOf[M]>> => {
      const before = client.getQueryData<Polled<StatusOf[M]>>(queryKey);
      const status = await getStatus(module, task.recordId, task.jobId, signal);
      return {
        status,
        unchanged: before && same(before.status, status) ? before.unchanged + 1 : 0,
      };
    },
    select: (polled) => polled.status,
    enabled,
    staleTime: FIRST_POLL_MS,
    refetchInterval: untilNextPoll,
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: ({ state }) => !hasEnded(state.data?.status),
  });
}

export function hasEnded(status: Work | undefined): boolean {
  return status !== undefined && status.status !== "processing";
}

function untilNextPoll<Status extends Work>({ state }: Query<Polled<Status>>): number | false {
  if (hasEnded(state.data?.status)) return false;
  if (state.error instanceof Problem && !state.error.passing) return false;
  if (state.error) return LAST_POLL_MS;
  return Math.min(FIRST_POLL_MS * BACK_OFF ** (state.data?.unchanged ?? 0), LAST_POLL_MS);
}

function same(a: Work, b: Work): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
