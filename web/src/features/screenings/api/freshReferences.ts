import { useQueryClient, type InfiniteData } from "@tanstack/react-query";

import {
  FILTERS,
  referencesKey,
  type Filter,
  type ReferencesPage,
  type Screened,
} from "./getReferences";

type Pages = InfiniteData<ReferencesPage, number>;

/** Lists that a decided reference leaves. */
const QUEUES: readonly Filter[] = ["todo", "conflicts"];

/** Keep the lists that were read already in step with a decision, before they are asked for again. */
export function useFreshReferences(recordId: string) {
  const client = useQueryClient();
  const change = (filters: readonly Filter[], next: (pages: Pages) => Pages) => {
    for (const filter of filters)
      client.setQueryData<Pages>(referencesKey(recordId, filter), (pages) => pages && next(pages));
  };
  return {
    takeOutOfQueues: (number: number) =>
      change(QUEUES, (pages) => mapped(pages, (page) => page.filter(not(number)))),
    replace: (screened: Screened) => change(FILTERS, (pages) => replaced(pages, screened)),
    /** Into its queues again, at the top until they are read anew. */
    putBack: (screened: Screened) => {
      change(FILTERS, (pages) => replaced(pages, screened));
      const queues = QUEUES.filter((each) => each === "todo" || screened.outcome === "conflict");
      change(queues, (pages) => {
        const known = pages.pages.some(({ items }) => !items.every(not(numberOf(screened))));
        const first = pages.pages[0]?.items;
        return known
          ? pages
          : mapped(pages, (page) => (page === first ? [screened, ...page] : page));
      });
    },
    /** Queues come in a new order; the other lists stay as they are being read, until left. */
    askAgain: () =>
      Promise.all([
        ...QUEUES.map((filter) =>
          client.invalidateQueries({ queryKey: referencesKey(recordId, filter) }),
        ),
        client.invalidateQueries({ queryKey: referencesKey(recordId), refetchType: "none" }),
      ]),
  };
}

function replaced(pages: Pages, screened: Screened): Pages {
  const other = not(numberOf(screened));
  return mapped(pages, (page) => page.map((each) => (other(each) ? each : screened)));
}

function mapped(pages: Pages, each: (items: readonly Screened[]) => readonly Screened[]): Pages {
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, items: each(page.items) })) };
}

function numberOf({ reference }: Screened): number {
  return reference.number;
}

function not(number: number) {
  return (screened: Screened) => numberOf(screened) !== number;
}
