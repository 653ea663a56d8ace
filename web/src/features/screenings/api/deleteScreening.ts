import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, dataOf } from "@/lib/api";

import { SCREENINGS_KEY } from "./listScreenings";

/** Delete a screening with its references, verdicts, decisions and jobs. */
export function useDeleteScreening() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (recordId: string) =>
      dataOf(
        api.DELETE("/api/v1/screenings/tasks/{record_id}", {
          params: { path: { record_id: recordId } },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: SCREENINGS_KEY }),
  });
}
