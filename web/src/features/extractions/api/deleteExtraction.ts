import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, dataOf } from "@/lib/api";

import { EXTRACTIONS_KEY } from "./listExtractions";

/** Delete an extraction with its texts, answers, resolutions and jobs. */
export function useDeleteExtraction() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (recordId: string) =>
      dataOf(
        api.DELETE("/api/v1/extractions/tasks/{record_id}", {
          params: { path: { record_id: recordId } },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: EXTRACTIONS_KEY }),
  });
}
