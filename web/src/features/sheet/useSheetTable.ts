import {
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useMemo } from "react";

import type { Cell, Column } from "./api/getPreview";
import { onTheRight, shownOf } from "./cells";
import { nameParts, widthOf } from "./columnName";

const features = tableFeatures({ columnSizingFeature, columnVisibilityFeature });
const NO_ROWS: (readonly Cell[])[] = [];
const CHARACTER = 7.4;
const PADDING = 28;
/** The small type's share of the normal one. */
const SMALL = 0.86;
/** In characters. */
const SORT_ARROW = 3;
const NARROWEST = { number: 112, text: 120 };
const WIDEST = { number: 240, text: 320 };

/** A column of the grid: what the API says of it, and where it stands in a row. */
export interface GridColumn {
  id: string;
  index: number;
  size: number;
  column: Column;
}

/** Which columns are shown, and how wide; the rows stay outside, since most of them are not here. */
export function useSheetTable(columns: readonly Column[], sample: readonly (readonly Cell[])[]) {
  const definitions = useMemo(
    () =>
      columns.map((column, index) => ({
        id: column.name,
        accessorFn: (row: readonly Cell[]) => row[index],
        size: sizeOf(
          column,
          sample.map((row) => row[index]),
        ),
      })),
    [columns, sample],
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

/** Wide enough for the name and what the first rows hold, within bounds. */
function sizeOf(column: Column, cells: readonly (Cell | undefined)[]): number {
  const { group, own } = nameParts(column.name);
  const name = Math.max(widthOf(own) + SORT_ARROW, widthOf(group) * SMALL);
  const content = Math.max(0, ...cells.map((cell) => widthOf(shownOf(cell, column))));
  const kind = onTheRight(column) || column.type === "boolean" ? "number" : "text";
  const wanted = Math.max(name, content) * CHARACTER + PADDING;
  return Math.round(Math.min(Math.max(wanted, NARROWEST[kind]), WIDEST[kind]));
}
