import type { VirtualItem } from "@tanstack/react-virtual";
import { memo } from "react";

import { count } from "@/lib/format";

import type { Cell } from "./api/getPreview";
import { isOdd, onTheRight, shownOf } from "./cells";
import { cellId, type Place } from "./Grid";
import styles from "./Grid.module.css";
import { ROW_HEIGHT } from "./useGridScroll";
import type { GridColumn } from "./useSheetTable";

interface Props {
  index: number;
  top: number;
  /** Undefined while the page is on its way. */
  cells: readonly Cell[] | undefined;
  seen: readonly VirtualItem[];
  columns: readonly GridColumn[];
  active: number | null;
  onActive: (place: Place) => void;
}

export const GridRow = memo(function GridRow(props: Props) {
  const { index, top, cells, seen, columns, active, onActive } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={styles.row}
      style={{ height: ROW_HEIGHT, transform: `translateY(${top}px)` }}
    >
      <div role="rowheader" aria-colindex={1} className={styles.number}>
        {count(index + 1)}
      </div>
      {seen.map(({ index: position, start }) => {
        const column = columns[position];
        if (!column) return null;
        const cell = cells?.[column.index];
        return (
          // Keys go to the grid, whose active cell this may be.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <div
            key={column.id}
            role="gridcell"
            id={cellId({ row: index, column: position })}
            aria-colindex={position + 2}
            className={classOf(column, cell, active === position)}
            style={{ left: start, width: column.size }}
            onClick={() => onActive({ row: index, column: position })}
          >
            {shownOf(cell, column.column)}
          </div>
        );
      })}
    </div>
  );
});

function classOf({ column }: GridColumn, cell: Cell | undefined, active: boolean): string {
  const names = [styles.cell];
  if (onTheRight(column)) names.push(styles.right);
  if (isOdd(cell, column)) names.push(styles.odd);
  if (active) names.push(styles.active);
  return names.join(" ");
}
