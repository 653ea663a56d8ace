import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, dataOf } from "@/lib/api";

import { useFreshReferences } from "./freshReferences";

/** Take back one's last decision, whichever reference it was on. */
export function useUndoDecision(recordId: string) {
  const client = useQueryClient();
  const fresh = useFreshReferences(recordId);
  return useMutation({
    mutationFn: () =>
      dataOf(
        api.POST("/api/v1/screenings/tasks/{record_id}/decisions/undo", {
          params: { path: { record_id: recordId } },
          body: {},
        }),
      ),
    onSuccess: (undone) => fresh.putBack(undone),
    onSettled: () =>
      Promise.all([
        fresh.askAgain(),
        client.invalidateQueries({ queryKey: ["summary", recordId] }),
      ]),
  });
}
