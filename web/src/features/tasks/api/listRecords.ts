import { useInfiniteQuery } from "@tanstack/react-query";

import { api, dataOf, type Schemas } from "@/lib/api";

export type SheetRecord = Schemas["Record"];

const PAGE = 30;
export const RECORDS_KEY = ["records"] as const;

/** The caller's records, newest first, a page at a time. */
export function useRecords() {
  return useInfiniteQuery({
    queryKey: RECORDS_KEY,
    queryFn: ({ pageParam, signal }) => listRecords(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

function listRecords(cursor: string | null, signal: AbortSignal) {
  return dataOf(
    api.GET("/api/v1/sheets/tasks", {
      params: { query: { limit: PAGE, ...(cursor === null ? {} : { cursor }) } },
      signal,
    }),
  );
}
