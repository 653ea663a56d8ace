import { useTranslation } from "react-i18next";
import { Link } from "wouter";

import { count, moment } from "@/lib/format";
import { RecordTable, type Column } from "@/ui/RecordTable";

import { useDeleteScreening } from "./api/deleteScreening";
import { useScreenings, type Screening } from "./api/listScreenings";
import { inShort } from "./criteria";

export function ScreeningTable() {
  const { t } = useTranslation();
  const columns: Column<Screening>[] = [
    {
      of: "name",
      head: t("screening.file"),
      cell: ({ recordId, fileName }) => <Link href={`/screenings/${recordId}`}>{fileName}</Link>,
    },
    { of: "state", head: t("screening.lookedFor"), cell: ({ criteria }) => inShort(criteria) },
    {
      of: "shape",
      head: t("screening.records"),
      cell: ({ totalRecords: total }) =>
        total === null
          ? t("screening.unread")
          : t("screening.facts", { count: total, shown: count(total) }),
    },
    { of: "created", head: t("screening.created"), cell: ({ createdAt }) => moment(createdAt) },
  ];
  return (
    <RecordTable
      records={useScreenings()}
      remove={useDeleteScreening()}
      columns={columns}
      words={{
        loading: t("screening.loading"),
        none: t("screening.none"),
        noneAbout: t("screening.noneAbout"),
        deleteAbout: t("screening.deleteAbout"),
      }}
      nameOf={({ fileName }) => fileName}
    />
  );
}
