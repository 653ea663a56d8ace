import { useMutation } from "@tanstack/react-query";

import { api, dataOf } from "@/lib/api";

/** Get all actions that led to the current version, to be replayed on another record. */
export function useRecipe(recordId: string) {
  return useMutation({
    mutationFn: () =>
      dataOf(
        api.GET("/api/v1/sheets/tasks/{record_id}/recipe", {
          params: { path: { record_id: recordId } },
        }),
      ),
  });
}
