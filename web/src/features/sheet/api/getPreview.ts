import { queryOptions } from "@tanstack/react-query";

import { api, dataOf, type Schemas } from "@/lib/api";

import { thereOrUnderway } from "./underway";

export type Page = Schemas["Page"];
export type Column = Schemas["Column"];
export type Cell = Page["rows"][number][number];

/** Rows of a page; the first page of this size is stored ready-made. */
export const PAGE_ROWS = 100;
const KEEP_MS = 60_000;

/** Which rows are looked at, and in which order. */
export interface View {
  /** `column` or `-column`, most important first. */
  sort: readonly string[];
  /** `column:op:value`; all must hold. */
  filters: readonly string[];
}

export const WHOLE: View = { sort: [], filters: [] };

/** A state of a record's data. */
export interface Sheet {
  recordId: string;
  version: number;
  /** Where it lies: the file can be read again, in another way, within a version. */
  cleanDataKey: string | null;
}

/** What all answers about this state are kept under. */
export function sheetKey({ recordId, version, cleanDataKey }: Sheet) {
  return [recordId, version, cleanDataKey] as const;
}

/** A page of the clean data of one version. */
export function previewOptions(sheet: Sheet, view: View, page: number) {
  return queryOptions({
    queryKey: ["preview", ...sheetKey(sheet), view, page],
    queryFn: ({ signal }) => getPreview(sheet.recordId, view, page, signal),
    staleTime: Infinity,
    gcTime: KEEP_MS,
  });
}

/** How many rows a view holds. */
export function rowsIn(page: Page): number {
  return page.matchedRows;
}

async function getPreview(recordId: string, view: View, page: number, signal: AbortSignal) {
  const query = {
    offset: page * PAGE_ROWS,
    limit: PAGE_ROWS,
    ...(view.sort.length > 0 && { sort: [...view.sort] }),
    ...(view.filters.length > 0 && { filter: [...view.filters] }),
  };
  const answer = await dataOf(
    api.GET("/api/v1/sheets/tasks/{record_id}/preview", {
      params: { path: { record_id: recordId }, query },
      signal,
    }),
  );
  return thereOrUnderway<Page>(answer);
}
