import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, dataOf } from "@/lib/api";

/** Have extracted what is missing or has failed; what models have answered is not asked again. */
export function useExtractAgain(recordId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      dataOf(
        api.POST("/api/v1/extractions/tasks/{record_id}/again", {
          params: { path: { record_id: recordId } },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ["status", recordId] }),
  });
}
