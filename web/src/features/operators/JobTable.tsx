import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";

import { moment } from "@/lib/format";
import { Button } from "@/ui/Button";
import { Status, type Shape } from "@/ui/Status";

import type { Job, JobState } from "./api/listJobs";
import { JobAttempts } from "./JobAttempts";
import { JobProgress } from "./JobProgress";
import styles from "./Operators.module.css";

const SHAPES: Record<JobState, Shape> = {
  waiting: "waiting",
  scheduled: "waiting",
  retrying: "waiting",
  running: "running",
  cancelling: "running",
  completed: "done",
  cancelled: "stopped",
  buried: "failed",
};
const COLUMNS = 7;

interface Props {
  jobs: readonly Job[];
  /** Null where nothing could be done with those chosen. */
  chosen: ReadonlySet<number> | null;
  onChoose: (chosen: ReadonlySet<number>) => void;
}

export function JobTable({ jobs, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<number | null>(null);
  const all = chosen !== null && jobs.every(({ jobId }) => chosen.has(jobId));
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {chosen && (
            <th scope="col" className={styles.check}>
              <input
                type="checkbox"
                aria-label={t("operators.chooseAll")}
                checked={all}
                onChange={() => onChoose(all ? new Set() : new Set(jobs.map((job) => job.jobId)))}
              />
            </th>
          )}
          <th scope="col" className={styles.number}>
            {t("operators.job")}
          </th>
          <th scope="col">{t("operators.queue")}</th>
          <th scope="col">{t("operators.state")}</th>
          <th scope="col">{t("operators.tenant")}</th>
          <th scope="col">{t("operators.attempts")}</th>
          <th scope="col">{t("operators.created")}</th>
          <th scope="col">{t("operators.told")}</th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <Fragment key={job.jobId}>
            <tr>
              {chosen && (
                <td className={styles.check}>
                  <input
                    type="checkbox"
                    aria-label={t("operators.chooseJob", { id: job.jobId })}
                    checked={chosen.has(job.jobId)}
                    onChange={() => onChoose(toggled(chosen, job.jobId))}
                  />
                </td>
              )}
              <td className={styles.number}>
                <Button
                  kind="plain"
                  aria-expanded={opened === job.jobId}
                  onClick={() => setOpened(opened === job.jobId ? null : job.jobId)}
                >
                  {job.jobId}
                </Button>
              </td>
              <td className={styles.name}>{job.queue}</td>
              <td>
                <Status shape={SHAPES[job.state]}>{t(`task.state.${job.state}`)}</Status>
              </td>
              <td>{job.tenant}</td>
              <td>{t("operators.of", { attempt: job.attempt, most: job.maxAttempts })}</td>
              <td className={styles.quiet}>{moment(job.createdAt)}</td>
              <td className={styles.text}>
                {job.state === "running" ? <JobProgress jobId={job.jobId} /> : job.error}
              </td>
            </tr>
            {opened === job.jobId && (
              <tr>
                {chosen && <td />}
                <td colSpan={COLUMNS}>
                  <JobAttempts jobId={job.jobId} />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function toggled(chosen: ReadonlySet<number>, id: number): ReadonlySet<number> {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
}
