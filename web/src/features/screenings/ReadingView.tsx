import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useMedia } from "@/lib/useMedia";
import { Failure } from "@/ui/Failure";
import { Message } from "@/ui/Message";
import split from "@/ui/Split.module.css";

import type { Screening } from "./api/listScreenings";
import { CriteriaPanel } from "./CriteriaPanel";
import { DecisionBar } from "./DecisionBar";
import { QueueList } from "./QueueList";
import { ReferenceText } from "./ReferenceText";
import { ShowField } from "./ShowField";
import { useQueue, type Queue } from "./useQueue";

const NARROW = "(max-width: 760px)";

/** The list, the reference that is read, and what is asked of it, beside each other. */
export function ReadingView({ record }: { record: Screening }) {
  const queue = useQueue(record.recordId);
  const narrow = useMedia(NARROW);
  const [reading, setReading] = useState(false);
  return (
    <div className={split.split}>
      {(!narrow || !reading) && (
        <div className={split.list}>
          <ShowField record={record} queue={queue} />
          <List queue={queue} onOpen={() => setReading(true)} />
        </div>
      )}
      {(!narrow || reading) && (
        <Reading
          record={record}
          queue={queue}
          {...(narrow && { onBack: () => setReading(false) })}
        />
      )}
    </div>
  );
}

function List({ queue, onOpen }: { queue: Queue; onOpen: () => void }) {
  const { t } = useTranslation();
  const { references, items, filter } = queue;
  if (references.error && !references.data)
    return (
      <div className={split.note}>
        <Failure error={references.error} onRetry={() => void references.refetch()} />
      </div>
    );
  if (references.isPending) return <Message title={t("app.loading")} />;
  if (items.length === 0)
    return (
      <Message
        title={t(
          filter === "todo" || filter === "conflicts"
            ? `screening.empty.${filter}`
            : "screening.empty.other",
        )}
      />
    );
  return <QueueList queue={queue} onOpen={onOpen} />;
}

interface ReadingProps {
  record: Screening;
  queue: Queue;
  /** Where there is no room for the list beside. */
  onBack?: () => void;
}

function Reading({ record, queue, onBack }: ReadingProps) {
  const { t } = useTranslation();
  const [active, setActive] = useState<string | null>(null);
  const { current } = queue;
  return (
    <>
      <section className={split.reading} aria-label={t("screening.view.read")}>
        <div className={split.scrolled} key={current?.reference.number}>
          {current ? (
            <ReferenceText screened={current} active={active} />
          ) : (
            <p className={split.quiet}>{t("screening.choose")}</p>
          )}
          {current && (
            <CriteriaPanel
              record={record}
              screened={current}
              active={active}
              onActive={setActive}
            />
          )}
        </div>
        <DecisionBar recordId={record.recordId} queue={queue} onBack={onBack} />
      </section>
    </>
  );
}
