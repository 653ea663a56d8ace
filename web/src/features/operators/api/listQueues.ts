import { useQuery } from "@tanstack/react-query";

import { api, dataOf, type Schemas } from "@/lib/api";

export type Queue = Schemas["Queue"];

export const QUEUES_KEY = ["queues"] as const;
export const WATCH_MS = 5_000;
/** Readings that a sparkline shows: five minutes of them. */
const KEPT_READINGS = 60;

export interface Watched {
  queues: Queue[];
  /** Jobs completed in the minute before each reading since the page was opened, by queue. */
  pace: Record<string, number[]>;
}

/** All queues, read every 5 s while somebody looks. */
export function useQueues() {
  return useQuery({
    queryKey: QUEUES_KEY,
    queryFn: async ({ client, signal }): Promise<Watched> => {
      const { queues } = await dataOf(api.GET("/api/v1/queues", { signal }));
      const before = client.getQueryData<Watched>(QUEUES_KEY)?.pace ?? {};
      return { queues, pace: withReading(before, queues) };
    },
    refetchInterval: WATCH_MS,
    structuralSharing: false,
  });
}

function withReading(before: Watched["pace"], queues: readonly Queue[]): Watched["pace"] {
  return Object.fromEntries(
    queues.map(({ queue, completedLastMinute }) => [
      queue,
      [...(before[queue] ?? []), completedLastMinute].slice(-KEPT_READINGS),
    ]),
  );
}
