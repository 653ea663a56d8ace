import {
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useMemo } from "react";

import type { Cell, Column } from "./api/getPreview";
import { onTheRight } from "./cells";
import { nameParts, widthOf } from "./columnName";

const features = tableFeatures({ columnSizingFeature, columnVisibilityFeature });
const NO_ROWS: (readonly Cell[])[] = [];
const CHARACTER = 7.4;
const PADDING = 28;
const NARROWEST = { number: 104, text: 136 };
const WIDEST = { number: 200, text: 280 };

/** A column of the grid: what the API says of it, and where it stands in a row. */
export interface GridColumn {
  id: string;
  index: number;
  size: number;
  column: Column;
}

/** Which columns are shown, and how wide; the rows stay outside, since most of them are not here. */
export function useSheetTable(columns: readonly Column[]) {
  const definitions = useMemo(
    () =>
      columns.map((column, index) => ({
        id: column.name,
        accessorFn: (row: readonly Cell[]) => row[index],
        size: sizeOf(column),
      })),
    [columns],
  );
  const table = useTable({ features, columns: definitions, data: NO_ROWS });
  const indexOf = useMemo(
    () => new Map(columns.map((column, index) => [column.name, index])),
    [columns],
  );
  const shown = table.getVisibleLeafColumns().flatMap((each): GridColumn[] => {
    const index = indexOf.get(each.id);
    const column = index === undefined ? undefined : columns[index];
    if (index === undefined || column === undefined) return [];
    return [{ id: each.id, index, size: each.getSize(), column }];
  });
  return { table, shown };
}

export type SheetTable = ReturnType<typeof useSheetTable>["table"];

function sizeOf(column: Column): number {
  const { group, own } = nameParts(column.name);
  const wanted = Math.max(widthOf(own), widthOf(group) * 0.86) * CHARACTER + PADDING;
  const kind = onTheRight(column) || column.type === "boolean" ? "number" : "text";
  return Math.round(Math.min(Math.max(wanted, NARROWEST[kind]), WIDEST[kind]));
}
