import { useInfiniteQuery } from "@tanstack/react-query";

import { api, dataOf, type Schemas } from "@/lib/api";

export type Screening = Schemas["Screening"];

const PAGE = 30;
export const SCREENINGS_KEY = ["screenings"] as const;

/** The caller's screenings, newest first, a page at a time. */
export function useScreenings() {
  return useInfiniteQuery({
    queryKey: SCREENINGS_KEY,
    queryFn: ({ pageParam, signal }) => listScreenings(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

function listScreenings(cursor: string | null, signal: AbortSignal) {
  return dataOf(
    api.GET("/api/v1/screenings/tasks", {
      params: { query: { limit: PAGE, ...(cursor === null ? {} : { cursor }) } },
      signal,
    }),
  );
}
