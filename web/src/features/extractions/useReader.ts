import { useState } from "react";

import { useTexts, type ExtractedText, type Filter } from "./api/getTexts";

/** The texts of an extraction, which of them is read, and which of its fields is looked at. */
export function useReader(recordId: string) {
  const [filter, setFilter] = useState<Filter>("all");
  const texts = useTexts(recordId, filter);
  const [chosen, setChosen] = useState<number | null>(null);
  const [looked, setLooked] = useState<string | null>(null);
  const items: readonly ExtractedText[] = texts.data?.pages.flatMap((page) => page.texts) ?? [];
  const at = Math.max(
    items.findIndex(({ number }) => number === chosen),
    0,
  );
  const current = items[at];
  const choose = (text: ExtractedText | undefined) => {
    if (!text) return;
    setChosen(text.number);
    setLooked(firstToCheck(text));
  };
  return {
    texts,
    filter,
    show: (next: Filter) => {
      setFilter(next);
      setChosen(null);
      setLooked(typeof next === "object" ? next.field : null);
    },
    items,
    at,
    current,
    field: looked ?? (chosen === null && current ? firstToCheck(current) : null),
    look: setLooked,
    choose,
    step: (by: 1 | -1) => choose(items[Math.min(Math.max(at + by, 0), items.length - 1)]),
    /** Go to the next text that a person should look at, however far away it is. */
    nextToCheck: async () => {
      const after = (each: ExtractedText) =>
        (!current || each.number > current.number) && firstToCheck(each) !== null;
      let known = items;
      let { hasNextPage: more } = texts;
      while (!known.some(after) && more) {
        const next = await texts.fetchNextPage();
        known = next.data?.pages.flatMap((page) => page.texts) ?? [];
        more = next.hasNextPage;
      }
      choose(known.find(after) ?? known.find((each) => firstToCheck(each) !== null));
    },
  };
}

export type Reader = ReturnType<typeof useReader>;

/** Return the first field that a person should look at, if there is one. */
export function firstToCheck({ values }: ExtractedText): string | null {
  return values.find(({ toCheck }) => toCheck)?.field ?? null;
}
