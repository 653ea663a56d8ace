import { useTranslation } from "react-i18next";

import { count } from "@/lib/format";
import { SelectField } from "@/ui/Field";
import split from "@/ui/Split.module.css";

import { FILTERS, type Filter } from "./api/getReferences";
import { useSummary, type Summary } from "./api/getSummary";
import type { Screening } from "./api/listScreenings";
import type { Queue } from "./useQueue";

interface Props {
  record: Screening;
  queue: Queue;
}

/** Which references are listed, with how many there are where that is known. */
export function ShowField({ record, queue }: Props) {
  const { t } = useTranslation();
  const { data } = useSummary(record.recordId);
  const words = (filter: Filter) => {
    const name = filter === "include" && record.rule === "or" ? "includeOr" : filter;
    const known = data && numberIn(filter, data);
    return t(`screening.filter.${name}`) + (known === undefined ? "" : ` (${count(known)})`);
  };
  return (
    <div className={split.show}>
      <SelectField
        label={t("screening.show")}
        value={queue.filter}
        choices={FILTERS.map((each) => ({ value: each, label: words(each) }))}
        onChange={(event) => queue.show(event.target.value as Filter)}
      />
      {queue.filter === "sample" && (
        <small className={split.quiet}>{t("screening.sampleAbout")}</small>
      )}
    </div>
  );
}

function numberIn(filter: Filter, { prisma, decidedByPeople }: Summary): number | undefined {
  if (filter === "all") return prisma.identified;
  if (filter === "decided") return decidedByPeople;
  return filter === "todo" ? prisma.screened - decidedByPeople : undefined;
}
