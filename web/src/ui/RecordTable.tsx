import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "./Button";
import { Confirm } from "./Confirm";
import { Failure } from "./Failure";
import { Message } from "./Message";
import styles from "./RecordTable.module.css";

const CELLS = {
  name: styles.name,
  state: styles.state,
  shape: `${styles.number} ${styles.shape}`,
  size: `${styles.number} ${styles.quiet} ${styles.size}`,
  created: `${styles.quiet} ${styles.created}`,
};

interface Listed {
  recordId: string;
}

export interface Column<Each> {
  /** What it tells of a record, which is how it looks; a phone leaves out `size` and `created`. */
  of: keyof typeof CELLS;
  head: string;
  cell: (record: Each) => ReactNode;
}

interface Props<Each> {
  records: UseInfiniteQueryResult<InfiniteData<{ records: Each[] }>>;
  remove: { mutate: (recordId: string) => void; error: Error | null };
  columns: readonly Column<Each>[];
  words: Record<"loading" | "none" | "noneAbout" | "deleteAbout", string>;
  nameOf: (record: Each) => string;
}

/** The records of one kind, a page at a time, each of which can be deleted. */
export function RecordTable<Each extends Listed>(props: Props<Each>) {
  const { records, remove, words } = props;
  const { t } = useTranslation();
  const listed = records.data?.pages.flatMap((page) => page.records) ?? [];

  if (records.error && !records.data)
    return <Failure error={records.error} onRetry={() => void records.refetch()} />;
  if (records.isPending) return <Message title={words.loading} />;
  if (listed.length === 0)
    return (
      <Message title={words.none}>
        <p>{words.noneAbout}</p>
      </Message>
    );
  return (
    <>
      {remove.error && <Failure error={remove.error} />}
      <Table {...props} listed={listed} />
      {records.hasNextPage && (
        <div className={styles.more}>
          <Button onClick={() => void records.fetchNextPage()} disabled={records.isFetching}>
            {t("app.more")}
          </Button>
        </div>
      )}
    </>
  );
}

function Table<Each extends Listed>(props: Props<Each> & { listed: Each[] }) {
  const { listed, remove, columns, words, nameOf } = props;
  const { t } = useTranslation();
  const [leaving, setLeaving] = useState<Each | null>(null);
  return (
    <>
      <table className={styles.table}>
        <Head columns={columns} />
        <tbody>
          {listed.map((record) => (
            <tr key={record.recordId}>
              {columns.map(({ of, cell }) => (
                <td key={of} className={CELLS[of]}>
                  {cell(record)}
                </td>
              ))}
              <Delete name={nameOf(record)} onDelete={() => setLeaving(record)} />
            </tr>
          ))}
        </tbody>
      </table>
      <Confirm
        question={leaving && t("app.deleteQuestion", { name: nameOf(leaving) })}
        about={words.deleteAbout}
        action={t("app.delete")}
        onConfirm={() => leaving && remove.mutate(leaving.recordId)}
        onClose={() => setLeaving(null)}
      />
    </>
  );
}

function Head<Each>({ columns }: Pick<Props<Each>, "columns">) {
  const { t } = useTranslation();
  return (
    <thead>
      <tr>
        {columns.map(({ of, head }) => (
          <th key={of} scope="col" className={of === "shape" || of === "size" ? styles.number : ""}>
            {head}
          </th>
        ))}
        <th scope="col" className={styles.act}>
          <span className="visually-hidden">{t("app.delete")}</span>
        </th>
      </tr>
    </thead>
  );
}

function Delete({ name, onDelete }: { name: string; onDelete: () => void }) {
  const { t } = useTranslation();
  return (
    <td className={styles.act}>
      <Button kind="plain" onClick={onDelete} aria-label={`${t("app.delete")}: ${name}`}>
        {t("app.delete")}
      </Button>
    </td>
  );
}
