import { useInfiniteQuery, useQueryClient, type InfiniteData } from "@tanstack/react-query";

import { api, dataOf, type Schemas } from "@/lib/api";

export type ExtractedText = Schemas["ExtractedText"];
export type Value = Schemas["Value"];
export type Found = Schemas["Resolve"]["found"];
export type FieldAnswer = Schemas["FieldAnswer"];

const PAGE = 100;

export function textsKey(recordId: string) {
  return ["texts", recordId] as const;
}

/** Texts with their values, a page at a time. */
export function useTexts(recordId: string) {
  return useInfiniteQuery({
    queryKey: textsKey(recordId),
    queryFn: ({ pageParam, signal }) => getTexts(recordId, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: (page) => page.nextAfter,
    staleTime: Infinity,
  });
}

/** Put a text that an answer brought in the place of the one that is known. */
export function useFreshText(recordId: string) {
  const client = useQueryClient();
  return (text: ExtractedText) =>
    client.setQueryData<InfiniteData<Schemas["Texts"], number>>(
      textsKey(recordId),
      (before) =>
        before && {
          ...before,
          pages: before.pages.map((page) => ({
            ...page,
            texts: page.texts.map((each) => (each.number === text.number ? text : each)),
          })),
        },
    );
}

function getTexts(recordId: string, after: number, signal: AbortSignal) {
  return dataOf(
    api.GET("/api/v1/extractions/tasks/{record_id}/texts", {
      params: { path: { record_id: recordId }, query: { after, limit: PAGE } },
      signal,
    }),
  );
}
