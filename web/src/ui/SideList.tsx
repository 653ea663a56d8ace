import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, type ReactNode } from "react";

import styles from "./Split.module.css";

const ROW_HEIGHT = 84;
/** So many rows before the end, more are asked for. */
const AHEAD = 15;
const OVERSCAN = 6;

interface Props<Item> {
  label: string;
  items: readonly Item[];
  keyOf: (item: Item) => number;
  /** The place of the one that is read, which is kept in sight. */
  at: number;
  hasMore: boolean;
  onMore: () => void;
  onChoose: (item: Item) => void;
  children: (item: Item) => ReactNode;
}

/** A list to read from, of which only the rows in sight are in the page. */
export function SideList<Item>(props: Props<Item>) {
  const { label, items, keyOf, at, hasMore, onMore, onChoose, children } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
    overscan: OVERSCAN,
  });
  const seen = rows.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= items.length - AHEAD) onMore();
  });
  useEffect(() => {
    rows.scrollToIndex(at, { align: "auto" });
  }, [rows, at]);
  return (
    <div ref={scroller} className={styles.scroller} tabIndex={-1}>
      <ul className={styles.rows} style={{ height: rows.getTotalSize() }} aria-label={label}>
        {seen.map(({ index, key, start }) => {
          const item = items[index];
          return (
            item !== undefined && (
              <li
                key={key}
                className={styles.row}
                style={{ transform: `translateY(${start}px)` }}
                aria-posinset={index + 1}
                aria-setsize={hasMore ? -1 : items.length}
              >
                <button
                  type="button"
                  aria-current={index === at ? "true" : undefined}
                  onClick={() => onChoose(item)}
                >
                  {children(item)}
                </button>
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
