import { useTranslation } from "react-i18next";
import { Link } from "wouter";

import { useJob } from "@/features/tasks/api/getJob";
import { duration, moment } from "@/lib/format";
import { Failure } from "@/ui/Failure";

import styles from "./Operators.module.css";

/** Where a record is read that jobs of a kind are about; kinds of others have no page here. */
const PAGES: Readonly<Record<string, string>> = {
  parse_excel: "sheets",
  edit_sheet: "sheets",
  export_sheet: "sheets",
  apply_extraction: "sheets",
  screen_literature: "screenings",
  rank_literature: "screenings",
  extract_fields: "extractions",
};

/** What each attempt of a job came to. */
export function JobAttempts({ jobId }: { jobId: number }) {
  const { t } = useTranslation();
  const { data: job, error } = useJob(jobId);
  if (error) return <Failure error={error} />;
  if (!job) return <p className={styles.quiet}>{t("app.loading")}</p>;
  const facts = [
    t("operators.worked", { time: duration(job.workedSeconds) }),
    job.dueAt && t("operators.due", { moment: moment(job.dueAt) }),
    job.waitingBecause,
  ];
  const page = PAGES[job.queue];
  const [recordId] = job.recordId?.split("/") ?? [];
  return (
    <div className={styles.attempts}>
      <p className={styles.quiet}>{facts.filter(Boolean).join(" · ")}</p>
      {page && recordId && (
        <p>
          <Link href={`/${page}/${recordId}`}>{t("operators.record")}</Link>
        </p>
      )}
      {job.failures.length === 0 && <p>{t("operators.noFailures")}</p>}
      {job.failures.map((failure, index) => (
        <div key={index}>
          <p>
            <strong>{t("operators.attemptNumber", { number: failure.attempt })}</strong>{" "}
            {failure.message}
          </p>
          {failure.trace && <Trace text={failure.trace} />}
        </div>
      ))}
    </div>
  );
}

function Trace({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <details>
      <summary>{t("operators.trace")}</summary>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
      <pre tabIndex={0}>{text}</pre>
    </details>
  );
}
