import { useQuery } from "@tanstack/react-query";

import { api, dataOf, type Schemas } from "@/lib/api";

import { sheetKey, type Sheet } from "./getPreview";
import { thereOrUnderway } from "./underway";

export type ColumnProfile = Schemas["ColumnProfile"];

/** What each column of a version holds, by the column's name. */
export function useProfile(sheet: Sheet) {
  return useQuery({
    queryKey: ["profile", ...sheetKey(sheet)],
    queryFn: async ({ signal }) =>
      thereOrUnderway<Schemas["Profile"]>(
        await dataOf(
          api.GET("/api/v1/sheets/tasks/{record_id}/profile", {
            params: { path: { record_id: sheet.recordId } },
            signal,
          }),
        ),
      ),
    select: byName,
    staleTime: Infinity,
  });
}

function byName({ columns }: Schemas["Profile"]): Map<string, ColumnProfile> {
  return new Map(columns.map((column) => [column.name, column]));
}
