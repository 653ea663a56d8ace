import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, type KeyboardEvent, type Ref, useImperativeHandle } from "react";
import { useTranslation } from "react-i18next";

import type { Sheet, View } from "./api/getPreview";
import type { ColumnProfile } from "./api/getProfile";
import styles from "./Grid.module.css";
import { GridHeader } from "./GridHeader";
import { GridRow } from "./GridRow";
import { useGridScroll } from "./useGridScroll";
import { usePages } from "./usePages";
import type { GridColumn } from "./useSheetTable";

/** A place in the grid; the header is row -1. */
export interface Place {
  row: number;
  column: number;
}

export interface GridHandle {
  /** Bring a cell into sight and make it the active one. */
  goTo: (place: Place) => void;
  /** Bring a column into sight, where a panel has come to cover it. */
  show: (column: number) => void;
}

interface Props {
  ref?: Ref<GridHandle>;
  sheet: Sheet;
  view: View;
  rows: number;
  columns: readonly GridColumn[];
  profile: ReadonlyMap<string, ColumnProfile> | undefined;
  active: Place;
  onActive: (place: Place) => void;
  onOpenColumn: (name: string) => void;
  onSort: (name: string) => void;
}

const NUMBER_WIDTH = 72;

/** All rows of a sheet, of which only those in sight are in the page. */
export function Grid(props: Props) {
  const { sheet, view, rows, columns, profile, active, onActive } = props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const scroll = useGridScroll(scroller, rows);
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => columns[index]?.size ?? 0,
    getItemKey: (index) => `${columns[index]?.id} ${columns[index]?.size}`,
    overscan: 2,
    paddingStart: NUMBER_WIDTH,
  });
  const first = scroll.items[0]?.index ?? 0;
  const last = scroll.items.at(-1)?.index ?? first;
  const pages = usePages(sheet, view, { first, last });

  const goTo = (place: Place, where: "auto" | "center" = "auto") => {
    onActive(place);
    if (place.row >= 0) scroll.bringRow(place.row, where);
    bringColumn(scroller.current, columns, place.column);
  };
  useImperativeHandle(props.ref, () => ({
    goTo: (place) => {
      goTo(place, "center");
      scroller.current?.focus({ preventScroll: true });
    },
    show: (column) => bringColumn(scroller.current, columns, column),
  }));

  const onKeyDown = (event: KeyboardEvent) => {
    const column = columns[active.column];
    if (event.key === "Enter" && column) {
      event.preventDefault();
      props.onOpenColumn(column.id);
      return;
    }
    const next = moved(event, active, rows, columns.length, scroll.rowsInSight);
    if (!next) return;
    event.preventDefault();
    goTo(next);
  };

  const seen = across.getVirtualItems();
  const inSight = active.row < 0 || (active.row >= first && active.row <= last);
  const width = across.getTotalSize();
  return (
    <div
      ref={scroller}
      className={styles.grid}
      role="grid"
      tabIndex={0}
      aria-label={t("grid.label")}
      aria-rowcount={rows + 1}
      aria-colcount={columns.length + 1}
      aria-activedescendant={inSight ? cellId(active) : undefined}
      onKeyDown={onKeyDown}
    >
      <GridHeader
        width={width}
        seen={seen}
        columns={columns}
        profile={profile}
        view={view}
        active={active.row < 0 ? active.column : null}
        onOpen={(index) => {
          onActive({ row: -1, column: index });
          const name = columns[index]?.id;
          if (name !== undefined) props.onOpenColumn(name);
        }}
        onSort={props.onSort}
      />
      <div role="rowgroup" className={styles.rows} style={{ width, height: scroll.tall }}>
        {scroll.items.map((item) => (
          <GridRow
            key={item.key}
            index={item.index}
            top={scroll.place(item.start)}
            cells={pages.rowAt(item.index)}
            seen={seen}
            columns={columns}
            active={active.row === item.index ? active.column : null}
            onActive={onActive}
          />
        ))}
      </div>
    </div>
  );
}

export function cellId({ row, column }: Place): string {
  return `cell-${row}-${column}`;
}

function moved(
  event: KeyboardEvent,
  { row, column }: Place,
  rows: number,
  columns: number,
  page: number,
): Place | null {
  const lastRow = rows - 1;
  const lastColumn = columns - 1;
  const far = event.ctrlKey || event.metaKey;
  const at = (r: number, c: number): Place => ({
    row: Math.min(Math.max(r, -1), lastRow),
    column: Math.min(Math.max(c, 0), lastColumn),
  });
  switch (event.key) {
    case "ArrowDown":
      return at(far ? lastRow : row + 1, column);
    case "ArrowUp":
      return at(far ? 0 : row - 1, column);
    case "ArrowRight":
      return at(row, far ? lastColumn : column + 1);
    case "ArrowLeft":
      return at(row, far ? 0 : column - 1);
    case "PageDown":
      return at(row + page, column);
    case "PageUp":
      return at(row - page, column);
    case "Home":
      return at(far ? 0 : row, 0);
    case "End":
      return at(far ? lastRow : row, lastColumn);
    default:
      return null;
  }
}

function bringColumn(
  element: HTMLDivElement | null,
  columns: readonly GridColumn[],
  index: number,
): void {
  if (!element) return;
  const left = columns.slice(0, index).reduce((sum, { size }) => sum + size, 0);
  const right = left + (columns[index]?.size ?? 0);
  const room = element.clientWidth - NUMBER_WIDTH;
  if (left < element.scrollLeft) element.scrollLeft = left;
  else if (right > element.scrollLeft + room) element.scrollLeft = right - room;
}
