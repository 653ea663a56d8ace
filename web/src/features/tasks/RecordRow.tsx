import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";

import { bytes, count, moment } from "@/lib/format";
import { Button } from "@/ui/Button";
import { Status } from "@/ui/Status";

import { RECORDS_KEY, type SheetRecord } from "./api/listRecords";
import { shapeOf } from "./TaskProgress";
import styles from "./TasksPage.module.css";
import { useTaskStatus } from "./useTaskStatus";

interface Props {
  record: SheetRecord;
  onDelete: () => void;
}

export function RecordRow({ record, onDelete }: Props) {
  const { t } = useTranslation();
  return (
    <tr>
      <td className={styles.name}>
        <Link href={`/sheets/${record.recordId}`}>{record.fileName}</Link>
      </td>
      <td className={styles.state}>
        {record.totalRows === null ? (
          <Unread recordId={record.recordId} />
        ) : (
          <Status shape="done">{t("task.state.ready")}</Status>
        )}
      </td>
      <td className={`${styles.number} ${styles.shape}`}>
        {record.totalRows !== null && record.totalCols !== null && (
          <span className={styles.quiet}>
            {t("tasks.rowsAndColumns", {
              rows: count(record.totalRows),
              columns: count(record.totalCols),
            })}
          </span>
        )}
      </td>
      <td className={`${styles.number} ${styles.quiet} ${styles.size}`}>
        {bytes(record.fileSize)}
      </td>
      <td className={`${styles.quiet} ${styles.created}`}>{moment(record.createdAt)}</td>
      <td className={styles.act}>
        <Button kind="plain" onClick={onDelete} aria-label={deleteLabel(t("tasks.delete"), record)}>
          {t("tasks.delete")}
        </Button>
      </td>
    </tr>
  );
}

/** A record that is not read yet is followed, in its row, until it is. */
function Unread({ recordId }: { recordId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data } = useTaskStatus({ recordId });
  const ready = data?.status === "ready";
  useEffect(() => {
    if (ready) void client.invalidateQueries({ queryKey: RECORDS_KEY });
  }, [client, ready]);
  if (!data) return null;
  const share = data.state === "running" && data.rowsTotal !== null ? ` ${data.progress} %` : "";
  return (
    <Status shape={shapeOf(data)}>{t(`task.state.${data.state ?? data.status}`) + share}</Status>
  );
}

function deleteLabel(word: string, record: SheetRecord): string {
  return `${word}: ${record.fileName}`;
}
