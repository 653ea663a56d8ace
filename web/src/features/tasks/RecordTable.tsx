import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/ui/Button";
import { Confirm } from "@/ui/Confirm";
import { Failure } from "@/ui/Failure";
import { Message } from "@/ui/Message";

import { useDeleteRecord } from "./api/deleteRecord";
import { useRecords, type SheetRecord } from "./api/listRecords";
import { RecordRow } from "./RecordRow";
import styles from "./TasksPage.module.css";

export function RecordTable() {
  const { t } = useTranslation();
  const records = useRecords();
  const remove = useDeleteRecord();
  const [leaving, setLeaving] = useState<SheetRecord | null>(null);
  const listed = records.data?.pages.flatMap((page) => page.records) ?? [];

  if (records.error && !records.data)
    return <Failure error={records.error} onRetry={() => void records.refetch()} />;
  if (records.isPending) return <Message title={t("tasks.loading")} />;
  if (listed.length === 0)
    return (
      <Message title={t("tasks.none")}>
        <p>{t("tasks.noneAbout")}</p>
      </Message>
    );
  return (
    <>
      {remove.error && <Failure error={remove.error} />}
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("tasks.file")}</th>
            <th scope="col">{t("tasks.state")}</th>
            <th scope="col" className={styles.number}>
              {t("tasks.shape")}
            </th>
            <th scope="col" className={styles.number}>
              {t("tasks.size")}
            </th>
            <th scope="col">{t("tasks.created")}</th>
            <th scope="col" className={styles.act}>
              <span className="visually-hidden">{t("tasks.delete")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {listed.map((record) => (
            <RecordRow key={record.recordId} record={record} onDelete={() => setLeaving(record)} />
          ))}
        </tbody>
      </table>
      {records.hasNextPage && (
        <div className={styles.more}>
          <Button onClick={() => void records.fetchNextPage()} disabled={records.isFetching}>
            {t("tasks.more")}
          </Button>
        </div>
      )}
      <Confirm
        question={leaving && t("tasks.deleteQuestion", { name: leaving.fileName })}
        about={t("tasks.deleteAbout")}
        action={t("tasks.delete")}
        onConfirm={() => leaving && remove.mutate(leaving.recordId)}
        onClose={() => setLeaving(null)}
      />
    </>
  );
}
