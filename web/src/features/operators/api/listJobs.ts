import { useInfiniteQuery } from "@tanstack/react-query";

import { api, dataOf, type Schemas } from "@/lib/api";

import { WATCH_MS } from "./listQueues";

export type Job = Schemas["JobSummary"];
export type JobState = Job["state"];

export interface JobFilter {
  queue?: string | undefined;
  state?: JobState | undefined;
}

const PAGE = 50;

/** Everybody's jobs, newest first; a page may be short although there are more. */
export function useJobs(filter: JobFilter) {
  return useInfiniteQuery({
    queryKey: ["jobs", filter],
    queryFn: ({ pageParam, signal }) => listJobs(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: WATCH_MS,
  });
}

function listJobs({ queue, state }: JobFilter, cursor: string | null, signal: AbortSignal) {
  const query = {
    all: true,
    limit: PAGE,
    ...(queue && { queue }),
    ...(state && { state }),
    ...(cursor !== null && { cursor }),
  };
  return dataOf(api.GET("/api/v1/jobs", { params: { query }, signal }));
}
