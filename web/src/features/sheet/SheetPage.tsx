import { useTranslation } from "react-i18next";

import type { SheetRecord } from "@/features/tasks/api/listRecords";
import { TaskProgress } from "@/features/tasks/TaskProgress";
import { useTaskStatus } from "@/features/tasks/useTaskStatus";
import { useDocumentTitle } from "@/lib/useDocumentTitle";
import { Failure } from "@/ui/Failure";
import { Message } from "@/ui/Message";

import { SheetHeader } from "./SheetHeader";
import styles from "./SheetPage.module.css";
import { Workbench } from "./Workbench";

/** One record: the work on it while it lasts, its data as soon as it is there. */
export default function SheetPage({ recordId }: { recordId: string }) {
  const { t } = useTranslation();
  const { data: status, error, refetch } = useTaskStatus({ recordId });
  useDocumentTitle(status?.record.fileName);
  if (!status)
    return error ? (
      <div className={styles.waiting}>
        <Failure error={error} onRetry={() => void refetch()} />
      </div>
    ) : (
      <Message title={t("app.loading")} />
    );
  const { record } = status;
  if (record.columns && record.totalRows !== null)
    return (
      <Workbench
        key={wayOfReading(record)}
        record={record}
        columns={record.columns}
        status={status}
      />
    );
  return (
    <div className={styles.page}>
      <SheetHeader record={record} />
      <div className={styles.waiting}>
        <TaskProgress status={status} />
        {status.status === "processing" && <p className={styles.quiet}>{t("sheet.waiting")}</p>}
      </div>
    </div>
  );
}

/** Read in another way, a sheet has other columns: sorting, filters and places in it are void. */
function wayOfReading({ source }: SheetRecord): string {
  return [source?.sheet, source?.headerRows, source?.encoding, source?.delimiter].join("\n");
}
