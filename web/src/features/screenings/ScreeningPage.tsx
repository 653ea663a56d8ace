import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";

import { TaskProgress } from "@/features/tasks/TaskProgress";
import type { StatusOf } from "@/features/tasks/api/getStatus";
import { useTaskStatus } from "@/features/tasks/useTaskStatus";
import { count } from "@/lib/format";
import { useDocumentTitle } from "@/lib/useDocumentTitle";
import { Button } from "@/ui/Button";
import { Failure } from "@/ui/Failure";
import { Message } from "@/ui/Message";
import page from "@/ui/Page.module.css";
import { Views } from "@/ui/Views";

import { referencesKey } from "./api/getReferences";
import { useSummary } from "./api/getSummary";
import { useScreenAgain } from "./api/screenAgain";
import { ExportButton } from "./ExportButton";
import { NumbersView } from "./NumbersView";
import { ReadingView } from "./ReadingView";
import { ScreeningHeader } from "./ScreeningHeader";

interface Props {
  recordId: string;
  view: string;
}

/** One screening: the work on it while it lasts, its references as soon as some are there. */
export default function ScreeningPage({ recordId, view }: Props) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const jobId = Number(search.get("jobId")) || undefined;
  const { data: status, error, refetch } = useTaskStatus({ module: "screenings", recordId, jobId });
  useDocumentTitle(status?.record.fileName);
  useNewVerdicts(recordId, status);
  if (!status)
    return error ? (
      <div className={page.waiting}>
        <Failure error={error} onRetry={() => void refetch()} />
      </div>
    ) : (
      <Message title={t("app.loading")} />
    );
  const { record } = status;
  const there = record.totalRecords !== null;
  return (
    <div className={`${page.page} ${view === "read" && there ? page.bench : ""}`}>
      <ScreeningHeader record={record}>
        {there && <ExportButton recordId={recordId} />}
      </ScreeningHeader>
      <Underway status={status} />
      {there ? (
        <>
          <Views
            label={t("screening.views")}
            address={`/screenings/${recordId}`}
            views={(["read", "numbers"] as const).map((name) => ({
              name,
              words: t(`screening.view.${name}`),
            }))}
            at={view}
          />
          <View recordId={recordId} view={view} record={record} />
        </>
      ) : (
        status.status === "processing" && (
          <p className={`${page.waiting} ${page.quiet}`}>{t("screening.waiting")}</p>
        )
      )}
    </div>
  );
}

type Status = StatusOf["screenings"];

/** Lists and numbers are read anew as verdicts come in. */
function useNewVerdicts(recordId: string, status: Status | undefined): void {
  const client = useQueryClient();
  const come = `${status?.status} ${status?.phase} ${status?.rowsDone}`;
  useEffect(() => {
    void client.invalidateQueries({ queryKey: referencesKey(recordId) });
    void client.invalidateQueries({ queryKey: ["summary", recordId] });
  }, [client, recordId, come]);
}

function Underway({ status }: { status: Status }) {
  const { t } = useTranslation();
  const { recordId, record } = status;
  const again = useScreenAgain(recordId);
  const summary = useSummary(recordId);
  const [, setSearch] = useSearchParams();
  const goOn = () =>
    again.mutate(undefined, {
      onSuccess: ({ jobId }) => setSearch({ jobId: String(jobId) }, { replace: true }),
    });
  const { judged = 0, prisma } = summary.data ?? {};
  const left = record.totalRecords !== null && prisma !== undefined && judged < prisma.screened;
  if (status.status !== "ready")
    return (
      <div className={page.job}>
        <TaskProgress status={status} of="references" onRetry={goOn} />
        {again.error && <Failure error={again.error} />}
      </div>
    );
  if (!left) return null;
  return (
    <div className={`${page.job} ${page.left}`}>
      <p>{t("screening.unjudged", { done: count(judged), total: count(prisma.screened) })}</p>
      <Button onClick={goOn} disabled={again.isPending}>
        {t("screening.again")}
      </Button>
      {again.error && <Failure error={again.error} />}
    </div>
  );
}

function View({ recordId, view, record }: Props & { record: Status["record"] }) {
  const { t } = useTranslation();
  if (view === "read") return <ReadingView record={record} />;
  if (view === "numbers") return <NumbersView record={record} />;
  return <Message title={t("app.notFound")} key={recordId} />;
}
