import { useQuery } from "@tanstack/react-query";

import { api, dataOf, type Schemas } from "@/lib/api";

export type Schedule = Schemas["Schedule"];

export const SCHEDULES_KEY = ["schedules"] as const;
const WATCH_MS = 15_000;

export function useSchedules() {
  return useQuery({
    queryKey: SCHEDULES_KEY,
    queryFn: ({ signal }) => dataOf(api.GET("/api/v1/schedules", { signal })),
    select: ({ schedules }) => schedules,
    refetchInterval: WATCH_MS,
  });
}
