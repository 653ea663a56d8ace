import { useTranslation } from "react-i18next";

import { count, duration } from "@/lib/format";
import { Button } from "@/ui/Button";
import { Failure } from "@/ui/Failure";
import { Progress } from "@/ui/Progress";
import { Status, type Shape } from "@/ui/Status";

import { useCancelJob } from "./api/cancelJob";
import { useJob } from "./api/getJob";
import type { Work } from "./api/getStatus";
import { useRetryJob } from "./api/retryJob";
import styles from "./TaskProgress.module.css";

interface Props {
  status: Work;
  /** What its units are. */
  of?: "rows" | "references" | "texts";
  /** How it is begun again, where another round of attempts is not the way. */
  onRetry?: () => void;
}

/** What is going on with a task, in words first, and what can be done about it. */
export function TaskProgress({ status, of = "rows", onRetry }: Props) {
  const { t } = useTranslation();
  const cancel = useCancelJob();
  const retry = useRetryJob();
  const { jobId } = status;
  const problem = cancel.error ?? retry.error;
  return (
    <section className={styles.progress} aria-label={t("task.progress")}>
      <div className={styles.line}>
        <Status shape={shapeOf(status)}>{t(`task.state.${status.state ?? status.status}`)}</Status>
        <Details status={status} of={of} />
        {jobId !== null && canCancel(status) && (
          <Button onClick={() => cancel.mutate(jobId)} disabled={cancel.isPending}>
            {t("task.cancel")}
          </Button>
        )}
        {jobId !== null && canRetry(status) && (
          <Button onClick={onRetry ?? (() => retry.mutate(jobId))} disabled={retry.isPending}>
            {t("task.retry")}
          </Button>
        )}
      </div>
      {status.state === "running" && (
        <Progress
          label={t("task.progress")}
          value={status.rowsTotal === null ? null : status.progress}
        />
      )}
      {status.error && <p className={styles.error}>{status.error}</p>}
      {problem && <Failure error={problem} />}
    </section>
  );
}

function Details({ status, of }: Required<Pick<Props, "status" | "of">>) {
  const { t } = useTranslation();
  const waits = status.state === "waiting" || status.state === "retrying";
  const job = useJob(waits ? status.jobId : null);
  const told: (string | null | undefined)[] = [];
  if (status.state === "running") {
    told.push(status.phase && t(`task.phase.${status.phase}`, { defaultValue: status.phase }));
    if (status.rowsTotal !== null && status.rowsDone !== null) {
      told.push(
        t(`task.${of}`, { done: count(status.rowsDone), total: count(status.rowsTotal) }),
        `${status.progress} %`,
      );
    }
  }
  if (waits) told.push(waitingFor(status, t), job.data?.waitingBecause);
  if (status.etaSeconds !== null && status.status === "processing")
    told.push(t("task.eta", { time: duration(status.etaSeconds) }));
  if (status.attempt > 1) told.push(t("task.attempt", { number: status.attempt }));
  return <p className={styles.details}>{told.filter(Boolean).join(" · ")}</p>;
}

type Translate = ReturnType<typeof useTranslation>["t"];

function waitingFor({ queuePosition }: Work, t: Translate): string | null {
  if (queuePosition === null) return null;
  return queuePosition === 0 ? t("task.next") : t("task.ahead", { jobs: String(queuePosition) });
}

export function shapeOf({ status, state }: Work): Shape {
  if (status === "ready") return "done";
  if (status === "error") return "failed";
  if (status === "cancelled") return "stopped";
  return state === "running" || state === "cancelling" ? "running" : "waiting";
}

function canCancel({ status, state }: Work): boolean {
  return status === "processing" && state !== "cancelling" && state !== "completed";
}

function canRetry({ status }: Work): boolean {
  return status === "error" || status === "cancelled";
}
