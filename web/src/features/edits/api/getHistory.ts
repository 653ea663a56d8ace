import { useQuery } from "@tanstack/react-query";

import { api, dataOf, type Schemas } from "@/lib/api";

export type Version = Schemas["Version"];

/** All versions of a record that led to the one given, and those that were undone. */
export function useHistory(recordId: string, version: number) {
  return useQuery({
    queryKey: ["history", recordId, version],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET("/api/v1/sheets/tasks/{record_id}/history", {
          params: { path: { record_id: recordId } },
          signal,
        }),
      ),
    select: (history) => history.versions,
    placeholderData: (before) => before,
  });
}
