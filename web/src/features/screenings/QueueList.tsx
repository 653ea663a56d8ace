import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import type { Screened } from "./api/getReferences";
import { Outcome } from "./Outcome";
import styles from "./Reading.module.css";
import type { Queue } from "./useQueue";

const ROW_HEIGHT = 84;
/** So many rows before the end, the next page is asked for. */
const AHEAD = 15;

interface Props {
  queue: Queue;
  onOpen: () => void;
}

/** All references of the list, of which only those in sight are in the page. */
export function QueueList({ queue, onOpen }: Props) {
  const { t } = useTranslation();
  const { items, at, references } = queue;
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => items[index]?.reference.number ?? index,
    overscan: 6,
  });
  const seen = rows.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  const { hasNextPage, isFetching, fetchNextPage } = references;
  useEffect(() => {
    if (hasNextPage && !isFetching && last >= items.length - AHEAD) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage, last, items.length]);
  useEffect(() => {
    rows.scrollToIndex(at, { align: "auto" });
  }, [rows, at]);
  return (
    <div ref={scroller} className={styles.scroller} tabIndex={-1}>
      <ul
        className={styles.rows}
        style={{ height: rows.getTotalSize() }}
        aria-label={t("screening.list")}
      >
        {seen.map(({ index, key, start }) => {
          const screened = items[index];
          return (
            screened && (
              <li
                key={key}
                className={styles.row}
                style={{ transform: `translateY(${start}px)` }}
                aria-posinset={index + 1}
                aria-setsize={hasNextPage ? -1 : items.length}
              >
                <Row
                  screened={screened}
                  current={index === at}
                  onChoose={() => {
                    queue.choose(screened.reference.number);
                    onOpen();
                  }}
                />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

interface RowProps {
  screened: Screened;
  current: boolean;
  onChoose: () => void;
}

function Row({ screened, current, onChoose }: RowProps) {
  const { t } = useTranslation();
  const { number, title, year } = screened.reference;
  return (
    <button type="button" aria-current={current ? "true" : undefined} onClick={onChoose}>
      <span className={styles.name}>{title || t("screening.noTitle")}</span>
      <span className={styles.facts}>
        <span>{t("screening.number", { number })}</span>
        {year && <span>{year}</span>}
        <Outcome screened={screened} />
      </span>
    </button>
  );
}
