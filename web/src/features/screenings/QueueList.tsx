import { useTranslation } from "react-i18next";

import { SideList } from "@/ui/SideList";
import split from "@/ui/Split.module.css";

import type { Screened } from "./api/getReferences";
import { Outcome } from "./Outcome";
import styles from "./Reading.module.css";
import type { Queue } from "./useQueue";

interface Props {
  queue: Queue;
  onOpen: () => void;
}

/** The references of the list. */
export function QueueList({ queue, onOpen }: Props) {
  const { t } = useTranslation();
  const { items, at, references } = queue;
  const { hasNextPage, isFetching, fetchNextPage } = references;
  return (
    <SideList
      label={t("screening.list")}
      items={items}
      keyOf={({ reference }) => reference.number}
      at={at}
      hasMore={hasNextPage && !isFetching}
      onMore={() => void fetchNextPage()}
      onChoose={({ reference }) => {
        queue.choose(reference.number);
        onOpen();
      }}
    >
      {(screened) => <Row screened={screened} />}
    </SideList>
  );
}

function Row({ screened }: { screened: Screened }) {
  const { t } = useTranslation();
  const { number, title, year } = screened.reference;
  return (
    <>
      <span className={styles.name}>{title || t("screening.noTitle")}</span>
      <span className={split.facts}>
        <span>{t("screening.number", { number })}</span>
        {year && <span>{year}</span>}
        <Outcome screened={screened} />
      </span>
    </>
  );
}
