import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, dataOf } from "@/lib/api";

/** Have judged what is not yet: after a task was cancelled, failed, or ran out of tokens. */
export function useScreenAgain(recordId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      dataOf(
        api.POST("/api/v1/screenings/tasks/{record_id}/again", {
          params: { path: { record_id: recordId } },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ["status", recordId] }),
  });
}
