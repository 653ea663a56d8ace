import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, dataOf } from "@/lib/api";

import { SCHEDULES_KEY } from "./listSchedules";

/** Stop a schedule from enqueueing, or let it go on. */
export function usePauseSchedule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, paused }: { name: string; paused: boolean }) =>
      dataOf(
        api.POST(`/api/v1/schedules/{name}/${paused ? "pause" : "resume"}`, {
          params: { path: { name } },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: SCHEDULES_KEY }),
  });
}
