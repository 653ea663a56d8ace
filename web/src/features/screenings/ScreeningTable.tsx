import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";

import styles from "@/features/tasks/TasksPage.module.css";
import { count, moment } from "@/lib/format";
import { Button } from "@/ui/Button";
import { Confirm } from "@/ui/Confirm";
import { Failure } from "@/ui/Failure";
import { Message } from "@/ui/Message";

import { useDeleteScreening } from "./api/deleteScreening";
import { useScreenings, type Screening } from "./api/listScreenings";
import { inShort } from "./criteria";

export function ScreeningTable() {
  const { t } = useTranslation();
  const screenings = useScreenings();
  const remove = useDeleteScreening();
  const [leaving, setLeaving] = useState<Screening | null>(null);
  const listed = screenings.data?.pages.flatMap((page) => page.records) ?? [];

  if (screenings.error && !screenings.data)
    return <Failure error={screenings.error} onRetry={() => void screenings.refetch()} />;
  if (screenings.isPending) return <Message title={t("screening.loading")} />;
  if (listed.length === 0)
    return (
      <Message title={t("screening.none")}>
        <p>{t("screening.noneAbout")}</p>
      </Message>
    );
  return (
    <>
      {remove.error && <Failure error={remove.error} />}
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("screening.file")}</th>
            <th scope="col">{t("screening.lookedFor")}</th>
            <th scope="col" className={styles.number}>
              {t("screening.records")}
            </th>
            <th scope="col">{t("screening.created")}</th>
            <th scope="col" className={styles.act}>
              <span className="visually-hidden">{t("tasks.delete")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {listed.map((record) => (
            <Row key={record.recordId} record={record} onDelete={() => setLeaving(record)} />
          ))}
        </tbody>
      </table>
      {screenings.hasNextPage && (
        <div className={styles.more}>
          <Button onClick={() => void screenings.fetchNextPage()} disabled={screenings.isFetching}>
            {t("tasks.more")}
          </Button>
        </div>
      )}
      <Confirm
        question={leaving && t("tasks.deleteQuestion", { name: leaving.fileName })}
        about={t("screening.deleteAbout")}
        action={t("tasks.delete")}
        onConfirm={() => leaving && remove.mutate(leaving.recordId)}
        onClose={() => setLeaving(null)}
      />
    </>
  );
}

function Row({ record, onDelete }: { record: Screening; onDelete: () => void }) {
  const { t } = useTranslation();
  return (
    <tr>
      <td className={styles.file}>
        <Link href={`/screenings/${record.recordId}`}>{record.fileName}</Link>
      </td>
      <td className={styles.state}>{inShort(record.criteria)}</td>
      <td className={`${styles.number} ${styles.shape}`}>
        {record.totalRecords === null
          ? t("task.state.processing")
          : t("screening.facts", {
              count: record.totalRecords,
              shown: count(record.totalRecords),
            })}
      </td>
      <td className={`${styles.quiet} ${styles.created}`}>{moment(record.createdAt)}</td>
      <td className={styles.act}>
        <Button
          kind="plain"
          onClick={onDelete}
          aria-label={`${t("tasks.delete")}: ${record.fileName}`}
        >
          {t("tasks.delete")}
        </Button>
      </td>
    </tr>
  );
}
