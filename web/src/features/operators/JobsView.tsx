import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/ui/Button";
import { Confirm } from "@/ui/Confirm";
import { Failure } from "@/ui/Failure";
import { SelectField } from "@/ui/Field";
import { Message } from "@/ui/Message";

import { useChangeJobs } from "./api/changeJobs";
import { useJobs, type JobState } from "./api/listJobs";
import { useQueues } from "./api/listQueues";
import { JobTable } from "./JobTable";
import styles from "./Operators.module.css";
import { Scrolled } from "./QueuesView";

const STATES: readonly JobState[] = [
  "running",
  "waiting",
  "retrying",
  "scheduled",
  "cancelling",
  "completed",
  "cancelled",
  "buried",
];
const CAN_RETRY = new Set<JobState>(["buried", "cancelled"]);
const CAN_CANCEL = new Set<JobState>(["running", "waiting", "retrying", "scheduled"]);

interface Props {
  state: JobState;
  /** Whether only this state is shown. */
  fixed?: boolean;
}

/** Jobs by queue and state, and what can be done with many at once. */
export function JobsView({ state: first, fixed = false }: Props) {
  const { t } = useTranslation();
  const [state, setState] = useState(first);
  const [queue, setQueue] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [asked, setAsked] = useState<"retry" | "cancel" | null>(null);
  const filter = { state, queue: queue || undefined };
  const jobs = useJobs(filter);
  const change = { retry: useChangeJobs("retry"), cancel: useChangeJobs("cancel") };
  const listed = jobs.data?.pages.flatMap((page) => page.jobs) ?? [];
  const ids = listed.filter(({ jobId }) => chosen.has(jobId)).map(({ jobId }) => jobId);
  const able = { retry: CAN_RETRY.has(state), cancel: CAN_CANCEL.has(state) };
  const last = change.retry.data ?? change.cancel.data;
  const error = jobs.error ?? change.retry.error ?? change.cancel.error;
  return (
    <>
      <div className={styles.filters}>
        {!fixed && (
          <SelectField
            label={t("operators.state")}
            value={state}
            choices={STATES.map((each) => ({ value: each, label: t(`task.state.${each}`) }))}
            onChange={(event) => setState(event.target.value as JobState)}
          />
        )}
        <QueueChoice queue={queue} onChange={setQueue} />
        <div className={styles.bulk} style={{ width: "auto" }}>
          {last && <span role="status">{t("operators.changed", { ...last })}</span>}
          {(["retry", "cancel"] as const)
            .filter((how) => able[how] && listed.length > 0)
            .map((how) => (
              <Button key={how} onClick={() => setAsked(how)} disabled={change[how].isPending}>
                {ids.length > 0
                  ? t(`operators.${how}Chosen`, { count: ids.length })
                  : t(`operators.${how}All`)}
              </Button>
            ))}
        </div>
      </div>
      {error && <Failure error={error} onRetry={() => void jobs.refetch()} />}
      {jobs.data && listed.length === 0 && (
        <Message title={t(fixed ? "operators.noFailed" : "operators.noJobs")} />
      )}
      {jobs.isPending && <Message title={t("app.loading")} />}
      {listed.length > 0 && (
        <Scrolled label={t("operators.view.jobs")}>
          <JobTable
            jobs={listed}
            chosen={able.retry || able.cancel ? chosen : null}
            onChoose={setChosen}
          />
        </Scrolled>
      )}
      {jobs.hasNextPage && (
        <div>
          <Button onClick={() => void jobs.fetchNextPage()} disabled={jobs.isFetchingNextPage}>
            {t("app.more")}
          </Button>
        </div>
      )}
      <Confirm
        question={
          asked &&
          (ids.length > 0
            ? t(`operators.${asked}Chosen`, { count: ids.length })
            : t(`operators.${asked}Question`, { queue: queue || t("operators.allQueues") }))
        }
        action={t(`operators.${asked ?? "retry"}`)}
        onConfirm={() => {
          if (asked) change[asked].mutate(ids.length > 0 ? { ids } : filter);
          setChosen(new Set());
        }}
        onClose={() => setAsked(null)}
      />
    </>
  );
}

function QueueChoice({ queue, onChange }: { queue: string; onChange: (queue: string) => void }) {
  const { t } = useTranslation();
  const { data } = useQueues();
  return (
    <SelectField
      label={t("operators.queue")}
      value={queue}
      choices={[
        { value: "", label: t("operators.allQueues") },
        ...(data?.queues ?? []).map((each) => ({ value: each.queue, label: each.queue })),
      ]}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
