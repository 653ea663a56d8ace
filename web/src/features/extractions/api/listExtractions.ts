import { useInfiniteQuery } from "@tanstack/react-query";

import { api, dataOf, type Schemas } from "@/lib/api";

export type Extraction = Schemas["Extraction"];
export type TemplateField = Schemas["TemplateField"];

const PAGE = 30;
export const EXTRACTIONS_KEY = ["extractions"] as const;

/** The caller's extractions, newest first, a page at a time. */
export function useExtractions() {
  return useInfiniteQuery({
    queryKey: EXTRACTIONS_KEY,
    queryFn: ({ pageParam, signal }) => listExtractions(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

function listExtractions(cursor: string | null, signal: AbortSignal) {
  return dataOf(
    api.GET("/api/v1/extractions/tasks", {
      params: { query: { limit: PAGE, ...(cursor === null ? {} : { cursor }) } },
      signal,
    }),
  );
}
