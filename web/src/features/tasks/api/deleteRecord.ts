import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, dataOf } from "@/lib/api";

import { RECORDS_KEY } from "./listRecords";

/** Delete a record with its file, its data and its jobs. */
export function useDeleteRecord() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (recordId: string) =>
      dataOf(
        api.DELETE("/api/v1/sheets/tasks/{record_id}", {
          params: { path: { record_id: recordId } },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: RECORDS_KEY }),
  });
}
