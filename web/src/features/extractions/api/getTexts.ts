import { useInfiniteQuery, useQueryClient, type InfiniteData } from "@tanstack/react-query";

import { api, dataOf, type Schemas } from "@/lib/api";

import { summaryKey } from "./getSummary";

export type ExtractedText = Schemas["ExtractedText"];
export type Value = Schemas["Value"];
export type Found = Schemas["Resolve"]["found"];
export type FieldAnswer = Schemas["FieldAnswer"];

const PAGE = 100;

/** All texts, those with something to check, or those with a value to check of one field. */
export type Filter = "all" | "toCheck" | { field: string };

export function textsKey(recordId: string, filter?: Filter) {
  return filter === undefined
    ? (["texts", recordId] as const)
    : (["texts", recordId, filter] as const);
}

/** Texts with their values, a page at a time. */
export function useTexts(recordId: string, filter: Filter) {
  return useInfiniteQuery({
    queryKey: textsKey(recordId, filter),
    queryFn: ({ pageParam, signal }) => getTexts(recordId, filter, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: (page) => page.nextAfter,
    staleTime: Infinity,
  });
}

/**
 * Put a text that an answer brought in the place of the one that is known.
 *
 * It stays in the list that it is read in, although nothing may be left to check of it, until that
 * list is asked for again.
 */
export function useFreshText(recordId: string) {
  const client = useQueryClient();
  return (text: ExtractedText) => {
    client.setQueriesData<InfiniteData<Schemas["Texts"], number>>(
      { queryKey: textsKey(recordId) },
      (before) =>
        before && {
          ...before,
          pages: before.pages.map((page) => ({
            ...page,
            texts: page.texts.map((each) => (each.number === text.number ? text : each)),
          })),
        },
    );
    void client.invalidateQueries({ queryKey: textsKey(recordId), refetchType: "none" });
    return client.invalidateQueries({ queryKey: summaryKey(recordId) });
  };
}

function getTexts(recordId: string, filter: Filter, after: number, signal: AbortSignal) {
  const which =
    filter === "all" ? {} : { toCheck: true, ...(filter !== "toCheck" && { field: filter.field }) };
  return dataOf(
    api.GET("/api/v1/extractions/tasks/{record_id}/texts", {
      params: { path: { record_id: recordId }, query: { ...which, after, limit: PAGE } },
      signal,
    }),
  );
}
