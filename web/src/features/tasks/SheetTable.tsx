import { useTranslation } from "react-i18next";
import { Link } from "wouter";

import { bytes, count, moment } from "@/lib/format";
import page from "@/ui/Page.module.css";
import { RecordTable, type Column } from "@/ui/RecordTable";

import { useDeleteRecord } from "./api/deleteRecord";
import { useRecords, type SheetRecord } from "./api/listRecords";
import { RecordState } from "./RecordState";

/** The sheets of the caller. */
export function SheetTable() {
  const { t } = useTranslation();
  const columns: Column<SheetRecord>[] = [
    {
      of: "name",
      head: t("tasks.file"),
      cell: ({ recordId, fileName }) => <Link href={`/sheets/${recordId}`}>{fileName}</Link>,
    },
    { of: "state", head: t("tasks.state"), cell: (record) => <RecordState record={record} /> },
    { of: "shape", head: t("tasks.shape"), cell: (record) => <Shape record={record} /> },
    { of: "size", head: t("tasks.size"), cell: ({ fileSize }) => bytes(fileSize) },
    { of: "created", head: t("tasks.created"), cell: ({ createdAt }) => moment(createdAt) },
  ];
  return (
    <RecordTable
      records={useRecords()}
      remove={useDeleteRecord()}
      columns={columns}
      words={{
        loading: t("tasks.loading"),
        none: t("tasks.none"),
        noneAbout: t("tasks.noneAbout"),
        deleteAbout: t("tasks.deleteAbout"),
      }}
      nameOf={({ fileName }) => fileName}
    />
  );
}

function Shape({ record: { totalRows, totalCols } }: { record: SheetRecord }) {
  const { t } = useTranslation();
  if (totalRows === null || totalCols === null) return null;
  return (
    <span className={page.quiet}>
      {t("tasks.rowsAndColumns", { rows: count(totalRows), columns: count(totalCols) })}
    </span>
  );
}
