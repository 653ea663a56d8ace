import { useTranslation } from "react-i18next";
import { Link } from "wouter";

import { count, moment } from "@/lib/format";
import { RecordTable, type Column } from "@/ui/RecordTable";

import { useDeleteExtraction } from "./api/deleteExtraction";
import { useExtractions, type Extraction } from "./api/listExtractions";

export function ExtractionTable() {
  const { t } = useTranslation();
  const columns: Column<Extraction>[] = [
    {
      of: "name",
      head: t("extraction.fields"),
      cell: (record) => <Link href={`/extractions/${record.recordId}`}>{namesOf(record)}</Link>,
    },
    {
      of: "state",
      head: t("extraction.from"),
      cell: ({ column }) =>
        column === null ? t("extraction.pasted") : t("extraction.column", { name: column }),
    },
    {
      of: "shape",
      head: t("extraction.texts"),
      cell: ({ totalTexts: total }) =>
        total === null
          ? t("screening.unread")
          : t("extraction.total", { count: total, shown: count(total) }),
    },
    { of: "created", head: t("screening.created"), cell: ({ createdAt }) => moment(createdAt) },
  ];
  return (
    <RecordTable
      records={useExtractions()}
      remove={useDeleteExtraction()}
      columns={columns}
      words={{
        loading: t("extraction.loading"),
        none: t("extraction.none"),
        noneAbout: t("extraction.noneAbout"),
        deleteAbout: t("extraction.deleteAbout"),
      }}
      nameOf={namesOf}
    />
  );
}

/** An extraction has no name but what it is after. */
export function namesOf({ template }: Extraction): string {
  return template.map(({ name }) => name).join(", ");
}
