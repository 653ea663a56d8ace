import { useState } from "react";

import { useReferences, type Filter, type Screened } from "./api/getReferences";

/** Lists that a decided reference leaves, so that the next one moves up. */
const EMPTIED: readonly Filter[] = ["todo", "conflicts"];

/** The references of a filter, and which of them is read. */
export function useQueue(recordId: string) {
  const [filter, setFilter] = useState<Filter>("todo");
  const [chosen, setChosen] = useState<number | null>(null);
  /** Whether the reader takes what comes first, which changes as the order is learnt. */
  const [following, setFollowing] = useState(true);
  const references = useReferences(recordId, filter);
  const items: readonly Screened[] = references.data?.pages.flatMap((page) => page.items) ?? [];
  const found = items.findIndex(({ reference }) => reference.number === chosen);
  const at = Math.max(found, 0);
  const current = items[at];
  // What is being read stays while the list changes around it.
  if (current && current.reference.number !== chosen) setChosen(current.reference.number);

  const to = (index: number) => {
    const next = items[Math.min(Math.max(index, 0), items.length - 1)];
    if (next) setChosen(next.reference.number);
  };
  return {
    filter,
    show: (next: Filter) => {
      setFilter(next);
      setChosen(null);
      setFollowing(true);
    },
    references,
    items,
    at,
    current,
    rankedWith: references.data?.pages[0]?.rankedWith ?? null,
    choose: (number: number) => {
      setChosen(number);
      setFollowing(false);
    },
    step: (by: 1 | -1) => {
      setFollowing(false);
      to(at + by);
    },
    /** Go on to the next, once something is decided about the current one. */
    goOn: () => {
      if (following && EMPTIED.includes(filter)) to(at === 0 ? 1 : 0);
      else to(at + 1);
    },
    /** Read what came back to the list. */
    goBackTo: (number: number) => setChosen(number),
  };
}

export type Queue = ReturnType<typeof useQueue>;
