import { useTranslation } from "react-i18next";

import { count } from "@/lib/format";
import { SelectField } from "@/ui/Field";
import split from "@/ui/Split.module.css";

import { useSummary } from "./api/getSummary";
import type { Filter } from "./api/getTexts";
import type { Extraction } from "./api/listExtractions";
import type { Reader } from "./useReader";

interface Props {
  record: Extraction;
  reader: Reader;
}

/** Which texts are listed: all, or those where a person should look, with how many there are. */
export function ShowField({ record, reader }: Props) {
  const { t } = useTranslation();
  const { data } = useSummary(record.recordId);
  const counted = (words: string, of: number | null | undefined) =>
    typeof of === "number" ? `${words} (${count(of)})` : words;
  const { filter } = reader;
  const toCheck = (name: string) => data?.fields.find(({ field }) => field === name)?.toCheck;
  const shown = record.template
    .map(({ name }) => name)
    .filter((name) => toCheck(name) || valueOf({ field: name }) === valueOf(filter));
  const choices = [
    { value: "all", label: counted(t("extraction.filter.all"), record.totalTexts) },
    { value: "toCheck", label: counted(t("extraction.filter.toCheck"), data?.textsToCheck) },
    ...shown.map((name) => ({
      value: valueOf({ field: name }),
      label: counted(t("extraction.filter.field", { name }), toCheck(name)),
    })),
  ];
  return (
    <div className={split.show}>
      <SelectField
        label={t("screening.show")}
        value={valueOf(filter)}
        choices={choices}
        onChange={(event) => reader.show(filterOf(event.target.value))}
      />
    </div>
  );
}

const FIELD = "field ";

function valueOf(filter: Filter): string {
  return typeof filter === "object" ? FIELD + filter.field : filter;
}

function filterOf(value: string): Filter {
  if (value.startsWith(FIELD)) return { field: value.slice(FIELD.length) };
  return value === "toCheck" ? value : "all";
}
