import type { VirtualItem } from "@tanstack/react-virtual";
import { useTranslation } from "react-i18next";

import { percent } from "@/lib/format";

import type { View } from "./api/getPreview";
import type { ColumnProfile } from "./api/getProfile";
import { onTheRight } from "./cells";
import { nameParts } from "./columnName";
import styles from "./Grid.module.css";
import { cellId } from "./Grid";
import { MiniHistogram } from "./MiniHistogram";
import type { GridColumn } from "./useSheetTable";

interface Props {
  width: number;
  seen: readonly VirtualItem[];
  columns: readonly GridColumn[];
  profile: ReadonlyMap<string, ColumnProfile> | undefined;
  view: View;
  active: number | null;
  onOpen: (index: number) => void;
  onSort: (name: string) => void;
}

export function GridHeader({ width, seen, columns, profile, active, ...rest }: Props) {
  const { t } = useTranslation();
  return (
    <div role="rowgroup" className={styles.head} style={{ width }}>
      <div role="row" aria-rowindex={1} className={styles.headRow}>
        <div role="columnheader" aria-colindex={1} className={styles.corner}>
          {t("grid.row")}
        </div>
        {seen.map(({ index, start }) => {
          const column = columns[index];
          if (!column) return null;
          return (
            <HeaderCell
              key={column.id}
              column={column}
              index={index}
              start={start}
              profile={profile?.get(column.id)}
              active={active === index}
              {...rest}
            />
          );
        })}
      </div>
    </div>
  );
}

interface CellProps extends Pick<Props, "view" | "onOpen" | "onSort"> {
  column: GridColumn;
  index: number;
  start: number;
  profile: ColumnProfile | undefined;
  active: boolean;
}

function HeaderCell({ column, index, start, profile, active, view, onOpen, onSort }: CellProps) {
  const { t } = useTranslation();
  const { group, own } = nameParts(column.id);
  const sorted = sortOf(view, column.id);
  const filtered = view.filters.some((each) => each.startsWith(`${column.id}:`));
  return (
    // The grid itself takes the keys: Enter opens the column, from which all else can be done.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      role="columnheader"
      id={cellId({ row: -1, column: index })}
      aria-colindex={index + 2}
      aria-sort={sorted ?? "none"}
      className={`${styles.header} ${onTheRight(column.column) ? styles.right : ""} ${active ? styles.active : ""}`}
      style={{ left: start, width: column.size }}
      title={column.id}
      onClick={() => onOpen(index)}
    >
      <span className={styles.group}>{group}</span>
      <span className={styles.own}>
        <span>{own}</span>
        {filtered && <span aria-label={t("grid.filtered")}>⊂</span>}
        <button
          type="button"
          tabIndex={-1}
          className={styles.sort}
          data-sorted={sorted !== null}
          aria-label={t("grid.sortBy", { name: own })}
          onClick={(event) => {
            event.stopPropagation();
            onSort(column.id);
          }}
        >
          {sorted === "descending" ? "↓" : "↑"}
        </button>
      </span>
      <span className={styles.facts}>
        <span>{t(`type.${column.column.type}`)}</span>
        <Fill profile={profile} />
        {profile && <MiniHistogram profile={profile} />}
      </span>
    </div>
  );
}

function Fill({ profile }: { profile: ColumnProfile | undefined }) {
  const { t } = useTranslation();
  if (!profile) return null;
  const all = profile.count + profile.blanks + profile.odd;
  const share = all === 0 ? 0 : 1 - profile.blanks / all;
  return <span title={t("grid.filled")}>{percent(share)}</span>;
}

function sortOf(view: View, name: string): "ascending" | "descending" | null {
  if (view.sort.includes(name)) return "ascending";
  return view.sort.includes(`-${name}`) ? "descending" : null;
}
