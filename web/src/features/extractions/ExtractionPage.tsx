import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";

import { TaskProgress } from "@/features/tasks/TaskProgress";
import type { StatusOf } from "@/features/tasks/api/getStatus";
import { useTaskStatus } from "@/features/tasks/useTaskStatus";
import { useDocumentTitle } from "@/lib/useDocumentTitle";
import { Failure } from "@/ui/Failure";
import { Message } from "@/ui/Message";
import page from "@/ui/Page.module.css";
import { Views } from "@/ui/Views";

import { useExtractAgain } from "./api/extractAgain";
import { summaryKey } from "./api/getSummary";
import { textsKey } from "./api/getTexts";
import { AddColumnsButton } from "./AddColumnsButton";
import { ExportButton } from "./ExportButton";
import { ExtractionHeader } from "./ExtractionHeader";
import { namesOf } from "./ExtractionTable";
import { NumbersView } from "./NumbersView";
import { TextsView } from "./TextsView";

interface Props {
  recordId: string;
  view: string;
}

/** One extraction: the work on it while it lasts, its texts as soon as some are there. */
export default function ExtractionPage({ recordId, view }: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const jobId = Number(search.get("jobId")) || undefined;
  const {
    data: status,
    error,
    refetch,
  } = useTaskStatus({
    module: "extractions",
    recordId,
    jobId,
  });
  const again = useExtractAgain(recordId);
  useDocumentTitle(status && namesOf(status.record));
  useNewAnswers(recordId, status);
  if (!status)
    return error ? (
      <div className={page.waiting}>
        <Failure error={error} onRetry={() => void refetch()} />
      </div>
    ) : (
      <Message title={t("app.loading")} />
    );
  const { record } = status;
  const there = record.totalTexts !== null;
  const goOn = () =>
    again.mutate(undefined, {
      onSuccess: (started) => setSearch({ jobId: String(started.jobId) }, { replace: true }),
    });
  return (
    <div className={`${page.page} ${there && view === "read" ? page.bench : ""}`}>
      <ExtractionHeader record={record}>
        {there && record.sheetId !== null && (
          <AddColumnsButton recordId={recordId} sheetId={record.sheetId} />
        )}
        {there && <ExportButton recordId={recordId} />}
      </ExtractionHeader>
      {status.status !== "ready" && (
        <div className={page.job}>
          <TaskProgress status={status} of="texts" onRetry={goOn} />
        </div>
      )}
      {again.error && (
        <div className={page.job}>
          <Failure error={again.error} />
        </div>
      )}
      {there ? (
        <>
          <Views
            label={t("screening.views")}
            address={`/extractions/${recordId}`}
            views={(["read", "numbers"] as const).map((name) => ({
              name,
              words: t(`extraction.view.${name}`),
            }))}
            at={view}
          />
          {view === "read" && (
            <TextsView record={record} onAgain={goOn} ended={status.status !== "processing"} />
          )}
          {view === "numbers" && <NumbersView record={record} />}
          {view !== "read" && view !== "numbers" && <Message title={t("app.notFound")} />}
        </>
      ) : (
        status.status === "processing" && (
          <p className={`${page.waiting} ${page.quiet}`}>{t("extraction.waiting")}</p>
        )
      )}
    </div>
  );
}

/** Texts and numbers are read anew as answers come in. */
function useNewAnswers(recordId: string, status: StatusOf["extractions"] | undefined): void {
  const client = useQueryClient();
  const come = `${status?.status} ${status?.phase} ${status?.rowsDone}`;
  useEffect(() => {
    void client.invalidateQueries({ queryKey: textsKey(recordId) });
    void client.invalidateQueries({ queryKey: summaryKey(recordId) });
  }, [client, recordId, come]);
}
