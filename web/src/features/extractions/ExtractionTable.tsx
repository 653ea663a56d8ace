import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";

import styles from "@/features/tasks/TasksPage.module.css";
import { count, moment } from "@/lib/format";
import { Button } from "@/ui/Button";
import { Confirm } from "@/ui/Confirm";
import { Failure } from "@/ui/Failure";
import { Message } from "@/ui/Message";

import { useDeleteExtraction } from "./api/deleteExtraction";
import { useExtractions, type Extraction } from "./api/listExtractions";

export function ExtractionTable() {
  const { t } = useTranslation();
  const extractions = useExtractions();
  const remove = useDeleteExtraction();
  const [leaving, setLeaving] = useState<Extraction | null>(null);
  const listed = extractions.data?.pages.flatMap((page) => page.records) ?? [];

  if (extractions.error && !extractions.data)
    return <Failure error={extractions.error} onRetry={() => void extractions.refetch()} />;
  if (extractions.isPending) return <Message title={t("extraction.loading")} />;
  if (listed.length === 0)
    return (
      <Message title={t("extraction.none")}>
        <p>{t("extraction.noneAbout")}</p>
      </Message>
    );
  return (
    <>
      {remove.error && <Failure error={remove.error} />}
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("extraction.fields")}</th>
            <th scope="col">{t("extraction.from")}</th>
            <th scope="col" className={styles.number}>
              {t("extraction.texts")}
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
      {extractions.hasNextPage && (
        <div className={styles.more}>
          <Button
            onClick={() => void extractions.fetchNextPage()}
            disabled={extractions.isFetching}
          >
            {t("tasks.more")}
          </Button>
        </div>
      )}
      <Confirm
        question={leaving && t("tasks.deleteQuestion", { name: namesOf(leaving) })}
        about={t("extraction.deleteAbout")}
        action={t("tasks.delete")}
        onConfirm={() => leaving && remove.mutate(leaving.recordId)}
        onClose={() => setLeaving(null)}
      />
    </>
  );
}

function Row({ record, onDelete }: { record: Extraction; onDelete: () => void }) {
  const { t } = useTranslation();
  return (
    <tr>
      <td className={styles.name}>
        <Link href={`/extractions/${record.recordId}`}>{namesOf(record)}</Link>
      </td>
      <td className={styles.state}>
        {record.column === null
          ? t("extraction.pasted")
          : t("extraction.column", { name: record.column })}
      </td>
      <td className={`${styles.number} ${styles.shape}`}>
        {record.totalTexts === null
          ? t("task.state.processing")
          : t("extraction.total", { count: record.totalTexts, shown: count(record.totalTexts) })}
      </td>
      <td className={`${styles.quiet} ${styles.created}`}>{moment(record.createdAt)}</td>
      <td className={styles.act}>
        <Button
          kind="plain"
          onClick={onDelete}
          aria-label={`${t("tasks.delete")}: ${namesOf(record)}`}
        >
          {t("tasks.delete")}
        </Button>
      </td>
    </tr>
  );
}

/** An extraction has no name but what it is after. */
export function namesOf({ template }: Extraction): string {
  return template.map(({ name }) => name).join(", ");
}
