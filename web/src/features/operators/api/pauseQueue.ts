import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, dataOf } from "@/lib/api";

import { QUEUES_KEY } from "./listQueues";

/** Stop a queue from giving out jobs, or let it go on; what runs already runs on. */
export function usePauseQueue() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, paused }: { name: string; paused: boolean }) =>
      dataOf(
        api.POST(`/api/v1/queues/{name}/${paused ? "pause" : "resume"}`, {
          params: { path: { name } },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: QUEUES_KEY }),
  });
}
