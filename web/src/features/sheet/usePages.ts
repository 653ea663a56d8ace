import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import {
  PAGE_ROWS,
  previewOptions,
  type Cell,
  type Page,
  type Sheet,
  type View,
} from "./api/getPreview";

const SETTLE_MS = 60;

interface Range {
  first: number;
  last: number;
}

/** The rows of a range, page by page, as far as they are there; pages that are only passed by are not asked for. */
export function usePages(sheet: Sheet, view: View, { first, last }: Range) {
  const client = useQueryClient();
  const firstPage = Math.floor(first / PAGE_ROWS);
  const lastPage = Math.max(firstPage, Math.floor(last / PAGE_ROWS));
  const settled = useSettled(`${firstPage}-${lastPage}`);
  const [from = 0, to = 0] = settled.split("-").map(Number);
  const wanted = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const results = useQueries({
    queries: wanted.map((page) => previewOptions(sheet, view, page)),
  });
  const shown = new Map(
    Array.from({ length: lastPage - firstPage + 1 }, (_, index) => {
      const page = firstPage + index;
      return [page, client.getQueryData<Page>(previewOptions(sheet, view, page).queryKey)];
    }),
  );
  return {
    rowAt: (row: number): readonly Cell[] | undefined =>
      shown.get(Math.floor(row / PAGE_ROWS))?.rows[row % PAGE_ROWS],
    error: results.find((result) => result.error)?.error ?? null,
    retry: () => results.forEach((result) => result.error && void result.refetch()),
  };
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
