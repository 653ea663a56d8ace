import { useState } from "react";

import { WHOLE, type View } from "./api/getPreview";

/** What is looked at, and the ways to change it. */
export function useView() {
  const [view, setView] = useState<View>(WHOLE);
  return {
    view,
    clear: () => setView(WHOLE),
    /** From the sheet's order to rising, to falling, and back. */
    turnSort: (name: string) =>
      setView((before) => ({ ...before, sort: turned(before.sort, name) })),
    setSort: (sort: readonly string[]) => setView((before) => ({ ...before, sort })),
    addFilter: (filter: string) =>
      setView((before) => ({
        ...before,
        filters: [...before.filters.filter((each) => each !== filter), filter],
      })),
    removeFilter: (filter: string) =>
      setView((before) => ({
        ...before,
        filters: before.filters.filter((each) => each !== filter),
      })),
  };
}

export type ViewControl = ReturnType<typeof useView>;

function turned(sort: readonly string[], name: string): readonly string[] {
  if (sort.includes(name)) return [`-${name}`];
  return sort.includes(`-${name}`) ? [] : [name];
}
