import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, dataOf } from "@/lib/api";

/** Undo or redo: go to the neighbouring version, which is there already. */
export function useMoveVersion(recordId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ to, version }: { to: "undo" | "redo"; version: number }) =>
      dataOf(
        api.POST(`/api/v1/sheets/tasks/{record_id}/${to}`, {
          params: { path: { record_id: recordId } },
          body: { expectedVersion: version },
        }),
      ),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["status", recordId] }),
        client.invalidateQueries({ queryKey: ["history", recordId] }),
      ]),
  });
}
