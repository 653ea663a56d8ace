import { useState } from "react";
import { useTranslation } from "react-i18next";

import { count } from "@/lib/format";
import { useMedia } from "@/lib/useMedia";
import { Failure } from "@/ui/Failure";
import { Message } from "@/ui/Message";
import { SideList } from "@/ui/SideList";
import split from "@/ui/Split.module.css";

import type { ExtractedText } from "./api/getTexts";
import type { Extraction } from "./api/listExtractions";
import { FieldsPanel } from "./FieldsPanel";
import { ReaderBar } from "./ReaderBar";
import { ShowField } from "./ShowField";
import { TextPaper, type Picked } from "./TextPaper";
import styles from "./Texts.module.css";
import { useReader, type Reader } from "./useReader";

const NARROW = "(max-width: 760px)";

interface Props {
  record: Extraction;
  /** Whether nobody is at it just now. */
  ended: boolean;
  onAgain: () => void;
}

/** The texts, the one that is read, and its fields, beside each other. */
export function TextsView({ record, ended, onAgain }: Props) {
  const reader = useReader(record.recordId);
  const narrow = useMedia(NARROW);
  const [reading, setReading] = useState(false);
  return (
    <div className={split.split}>
      {(!narrow || !reading) && (
        <div className={`${split.list} ${styles.list}`}>
          <ShowField record={record} reader={reader} />
          <List reader={reader} onOpen={() => setReading(true)} />
        </div>
      )}
      {(!narrow || reading) && (
        <Reading
          {...{ record, reader, ended, onAgain }}
          {...(narrow && { onBack: () => setReading(false) })}
        />
      )}
    </div>
  );
}

function List({ reader, onOpen }: { reader: Reader; onOpen: () => void }) {
  const { t } = useTranslation();
  const { texts, items, at } = reader;
  if (texts.error && !texts.data)
    return (
      <div className={split.note}>
        <Failure error={texts.error} onRetry={() => void texts.refetch()} />
      </div>
    );
  if (texts.isPending) return <Message title={t("app.loading")} />;
  if (items.length === 0 && reader.filter !== "all")
    return <Message title={t("extraction.nothingToCheck")} />;
  return (
    <SideList
      label={t("extraction.texts")}
      items={items}
      keyOf={({ number }) => number}
      at={at}
      hasMore={texts.hasNextPage && !texts.isFetching}
      onMore={() => void texts.fetchNextPage()}
      onChoose={(text) => {
        reader.choose(text);
        onOpen();
      }}
    >
      {(text) => <Row text={text} />}
    </SideList>
  );
}

function Row({ text }: { text: ExtractedText }) {
  const { t } = useTranslation();
  const left = text.values.filter(({ toCheck }) => toCheck).length;
  return (
    <>
      <span className={styles.begin}>{text.text || t("grid.blank")}</span>
      <span className={split.facts}>
        <span>{t("extraction.number", { number: count(text.number) })}</span>
        {left > 0 && (
          <span className={styles.check}>
            <span aria-hidden>◐</span> {t("extraction.toCheck", { count: left })}
          </span>
        )}
      </span>
    </>
  );
}

function Reading(props: Props & { reader: Reader; onBack?: () => void }) {
  const { record, reader } = props;
  const { t } = useTranslation();
  const [picked, setPicked] = useState<Picked | null>(null);
  const { current, field } = reader;
  return (
    <section className={split.reading} aria-label={t("extraction.reading")}>
      <div className={`${split.scrolled} ${styles.beside}`} key={current?.number}>
        {current && (
          <>
            <TextPaper text={current} active={field} onPick={setPicked} />
            <FieldsPanel
              record={record}
              text={current}
              reader={reader}
              picked={picked?.number === current.number ? picked : null}
            />
          </>
        )}
      </div>
      <ReaderBar {...props} />
    </section>
  );
}
