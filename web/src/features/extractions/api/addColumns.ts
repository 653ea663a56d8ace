import { useMutation } from "@tanstack/react-query";

import { api, dataOf } from "@/lib/api";

/** Add the values to the sheet that the texts came from, as columns of a new version: a job. */
export function useAddColumns(recordId: string) {
  return useMutation({
    mutationFn: () =>
      dataOf(
        api.POST("/api/v1/extractions/tasks/{record_id}/columns", {
          params: { path: { record_id: recordId } },
        }),
      ),
  });
}
