import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { SheetRecord } from "@/features/tasks/api/listRecords";
import { bytes, count } from "@/lib/format";

import styles from "./SheetPage.module.css";

interface Props {
  record: SheetRecord;
  children?: ReactNode;
}

export function SheetHeader({ record, children }: Props) {
  return (
    <header className={styles.header}>
      <div className={styles.title}>
        <h1>{record.fileName}</h1>
        <p className={styles.quiet}>{useFacts(record).join(" · ")}</p>
      </div>
      {children && <div className={styles.tools}>{children}</div>}
    </header>
  );
}

function useFacts(record: SheetRecord): string[] {
  const { t } = useTranslation();
  const { totalRows, totalCols, source, version } = record;
  const facts: string[] = [];
  if (totalRows !== null && totalCols !== null)
    facts.push(t("tasks.rowsAndColumns", { rows: count(totalRows), columns: count(totalCols) }));
  if (source && source.format !== "csv")
    facts.push(
      source.sheets.length > 1
        ? t("sheet.oneOf", { name: source.sheet, count: source.sheets.length })
        : t("sheet.name", { name: source.sheet }),
    );
  if (source?.headerRows.length)
    facts.push(t("sheet.header", { rows: spanOf(source.headerRows.map((row) => row)) }));
  if (source?.encoding) facts.push(source.encoding.toUpperCase());
  if (totalRows === null) facts.push(bytes(record.fileSize));
  if (version > 1) facts.push(t("sheet.version", { version }));
  return facts;
}

function spanOf(rows: readonly number[]): string {
  const first = rows[0];
  const last = rows.at(-1);
  return first === last ? String(first) : `${first}–${last}`;
}
