import { useInfiniteQuery } from "@tanstack/react-query";

import { api, dataOf, type Schemas } from "@/lib/api";

export type Screened = Schemas["ScreenedReference"];
export type Verdict = Schemas["Verdict"];

export const FILTERS = [
  "todo",
  "conflicts",
  "all",
  "include",
  "exclude",
  "decided",
  "sample",
] as const;
export type Filter = (typeof FILTERS)[number];

/** Some of a list's references, and what has put all of them into their order. */
export interface ReferencesPage {
  items: readonly Screened[];
  rankedWith: Schemas["RankedWith"] | null;
}

const PAGE = 60;
export const SAMPLE = 30;

/** What is asked for; the sample has an address of its own. */
const QUERIES = {
  todo: { decided: false, duplicates: false },
  conflicts: { decided: false, duplicates: false, outcome: "conflict" },
  all: {},
  include: { outcome: "include" },
  exclude: { outcome: "exclude" },
  decided: { decided: true },
} as const;

export function referencesKey(recordId: string, filter?: Filter) {
  return filter === undefined
    ? (["references", recordId] as const)
    : (["references", recordId, filter] as const);
}

/** References in the order in which they are best read, a page at a time. */
export function useReferences(recordId: string, filter: Filter) {
  return useInfiniteQuery({
    queryKey: referencesKey(recordId, filter),
    queryFn: ({ pageParam, signal }) => getReferences(recordId, filter, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: (page, pages) =>
      filter !== "sample" && page.items.length === PAGE ? pages.length * PAGE : null,
    staleTime: Infinity,
  });
}

async function getReferences(
  recordId: string,
  filter: Filter,
  offset: number,
  signal: AbortSignal,
): Promise<ReferencesPage> {
  const path = { record_id: recordId };
  const answer =
    filter === "sample"
      ? api.GET("/api/v1/screenings/tasks/{record_id}/error-sample", {
          params: { path, query: { size: SAMPLE } },
          signal,
        })
      : api.GET("/api/v1/screenings/tasks/{record_id}/references", {
          params: { path, query: { ...QUERIES[filter], offset, limit: PAGE } },
          signal,
        });
  const { references, rankedWith } = await dataOf(answer);
  return { items: references, rankedWith };
}
