import { useQuery } from "@tanstack/react-query";

import { api, dataOf, type Schemas } from "@/lib/api";

import { sheetKey, type Sheet } from "./getPreview";
import { thereOrUnderway } from "./underway";

export type Finding = Schemas["Finding"];

const CELLS = 20;

/** What is doubtful in a version: by column and rule, with the first cells of each. */
export function useFindings(sheet: Sheet) {
  return useQuery({
    queryKey: ["findings", ...sheetKey(sheet)],
    queryFn: async ({ signal }) =>
      thereOrUnderway<Schemas["Findings"]>(
        await dataOf(
          api.GET("/api/v1/sheets/tasks/{record_id}/findings", {
            params: { path: { record_id: sheet.recordId }, query: { cells: CELLS } },
            signal,
          }),
        ),
      ),
    staleTime: Infinity,
  });
}
