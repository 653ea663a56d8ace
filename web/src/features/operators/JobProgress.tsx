import { useTranslation } from "react-i18next";

import { useJob } from "@/features/tasks/api/getJob";
import { count, duration } from "@/lib/format";
import { Progress } from "@/ui/Progress";

import { WATCH_MS } from "./api/listQueues";

/** How far a running job is. */
export function JobProgress({ jobId }: { jobId: number }) {
  const { t } = useTranslation();
  const { data: job } = useJob(jobId, WATCH_MS);
  if (!job) return null;
  const known = job.done !== null && job.total !== null && job.total > 0;
  const told = [
    job.phase,
    known && t("task.units", { done: count(job.done ?? 0), total: count(job.total ?? 0) }),
    job.etaSeconds !== null && t("task.eta", { time: duration(job.etaSeconds) }),
  ];
  return (
    <>
      <p>{told.filter(Boolean).join(" · ")}</p>
      <Progress
        label={t("task.progress")}
        value={known ? ((job.done ?? 0) / (job.total ?? 1)) * 100 : null}
      />
    </>
  );
}
