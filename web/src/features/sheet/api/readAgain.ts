import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, dataOf, type Schemas } from "@/lib/api";

export type ParseOptions = Schemas["ParseOptions"];

/** Read the uploaded file again, in another way. */
export function useReadAgain(recordId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (options: ParseOptions) =>
      dataOf(
        api.POST("/api/v1/sheets/tasks/{record_id}/parse", {
          params: { path: { record_id: recordId } },
          body: options,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["status", recordId] }),
  });
}
