import { useQuery } from "@tanstack/react-query";

import { api, dataOf, type Schemas } from "@/lib/api";

export type FieldSummary = Schemas["FieldSummary"];

export function summaryKey(recordId: string) {
  return ["extraction-summary", recordId] as const;
}

/** On how many values of each field models agree, and how many people should check. */
export function useSummary(recordId: string) {
  return useQuery({
    queryKey: summaryKey(recordId),
    queryFn: ({ signal }) =>
      dataOf(
        api.GET("/api/v1/extractions/tasks/{record_id}/summary", {
          params: { path: { record_id: recordId } },
          signal,
        }),
      ),
  });
}
