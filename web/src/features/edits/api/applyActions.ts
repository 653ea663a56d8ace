import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, dataOf, type Schemas } from "@/lib/api";

/** An action, or a recipe of several, as the API takes it. */
export type Edit = Schemas["EditRequest"];

/** Queue an edit of the version that was looked at; refused when the record has moved on. */
export function useApplyActions(recordId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ edit, version }: { edit: object; version: number }) =>
      dataOf(
        api.POST("/api/v1/sheets/tasks/{record_id}/actions", {
          params: { path: { record_id: recordId } },
          body: { ...edit, expectedVersion: version } as Edit,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["status", recordId] }),
  });
}
