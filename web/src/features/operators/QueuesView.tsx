import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";

import { count, duration } from "@/lib/format";
import { Button } from "@/ui/Button";
import { Failure } from "@/ui/Failure";
import { Message } from "@/ui/Message";
import { Status } from "@/ui/Status";

import { useQueues, type Queue } from "./api/listQueues";
import { usePauseQueue } from "./api/pauseQueue";
import styles from "./Operators.module.css";

const Sparkline = lazy(() => import("./Sparkline"));
const MOST_COUNTED = 10_000;

export function QueuesView() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQueues();
  const pause = usePauseQueue();
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Message title={t("app.loading")} />;
  if (data.queues.length === 0) return <Message title={t("operators.noQueues")} />;
  return (
    <>
      {(error ?? pause.error) && <Failure error={error ?? pause.error} />}
      <Scrolled label={t("operators.view.queues")}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("operators.queue")}</th>
              <th scope="col">{t("operators.state")}</th>
              {(
                ["waiting", "oldest", "delayed", "running", "failed", "lastMinute", "took"] as const
              ).map((name) => (
                <th key={name} scope="col" className={styles.number}>
                  {t(`operators.${name}`)}
                </th>
              ))}
              <th scope="col">{t("operators.throughput")}</th>
              <th scope="col">
                <span className="visually-hidden">{t("operators.actions")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.queues.map((queue) => (
              <QueueRow
                key={queue.queue}
                queue={queue}
                pace={data.pace[queue.queue] ?? []}
                onPause={() => pause.mutate({ name: queue.queue, paused: !queue.paused })}
              />
            ))}
          </tbody>
        </table>
      </Scrolled>
    </>
  );
}

interface RowProps {
  queue: Queue;
  pace: readonly number[];
  onPause: () => void;
}

function QueueRow({ queue, pace, onPause }: RowProps) {
  const { t } = useTranslation();
  return (
    <tr>
      <th scope="row" className={styles.name}>
        {queue.queue}
      </th>
      <td>
        {queue.paused ? (
          <Status shape="paused">{t("operators.paused")}</Status>
        ) : (
          <Status shape={queue.running > 0 ? "running" : "done"}>{t("operators.open")}</Status>
        )}
      </td>
      <Number value={queue.waiting} />
      <td className={styles.number}>
        {queue.oldestWaitingSeconds === null ? (
          <span className={styles.zero}>–</span>
        ) : (
          duration(queue.oldestWaitingSeconds)
        )}
      </td>
      <Number value={queue.delayed} />
      <Number value={queue.running} />
      <Number value={queue.deadLetters} />
      <Number value={queue.completedLastMinute} />
      <td className={styles.number}>
        {queue.pace ? duration(queue.pace.secondsP50) : <span className={styles.zero}>–</span>}
      </td>
      <td>
        <Suspense fallback={<span className={styles.spark} />}>
          <Sparkline values={pace} label={t("operators.sparkline", { queue: queue.queue })} />
        </Suspense>
      </td>
      <td className={styles.act}>
        <Button
          onClick={onPause}
          aria-label={`${t(queue.paused ? "operators.resume" : "operators.pause")}: ${queue.queue}`}
        >
          {t(queue.paused ? "operators.resume" : "operators.pause")}
        </Button>
      </td>
    </tr>
  );
}

function Number({ value }: { value: number }) {
  const text = value >= MOST_COUNTED ? `${count(MOST_COUNTED)}+` : count(value);
  return (
    <td className={styles.number}>
      <span className={value === 0 ? styles.zero : ""}>{text}</span>
    </td>
  );
}

/** A table that is wider than a phone scrolls in a region that takes the keyboard's focus. */
export function Scrolled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
