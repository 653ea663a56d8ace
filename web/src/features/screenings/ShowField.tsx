import { useTranslation } from "react-i18next";

import { count } from "@/lib/format";
import { SelectField } from "@/ui/Field";
import split from "@/ui/Split.module.css";

import { FILTERS, SAMPLE, type Filter } from "./api/getReferences";
import { useSummary, type Summary } from "./api/getSummary";
import type { Screening } from "./api/listScreenings";
import type { Queue } from "./useQueue";

interface Props {
  record: Screening;
  queue: Queue;
}

/** Which references are listed, with how many there are of them, and in which order. */
export function ShowField({ record, queue }: Props) {
  const { t } = useTranslation();
  const { data } = useSummary(record.recordId);
  const words = (filter: Filter) => {
    const name = filter === "include" && record.rule === "or" ? "includeOr" : filter;
    return t(`screening.filter.${name}`) + (data ? ` (${count(numberIn(filter, data))})` : "");
  };
  return (
    <div className={split.show}>
      <SelectField
        label={t("screening.show")}
        value={queue.filter}
        choices={FILTERS.map((each) => ({ value: each, label: words(each) }))}
        onChange={(event) => queue.show(event.target.value as Filter)}
      />
      <small className={split.quiet}>
        {queue.filter === "sample" ? t("screening.sampleAbout") : <Order of={queue.rankedWith} />}
      </small>
    </div>
  );
}

/** What has put the references into their order, and from how many decisions it has learnt. */
function Order({ of: ranked }: { of: Queue["rankedWith"] }) {
  const { t } = useTranslation();
  if (ranked === null) return null;
  const { model, decisions } = ranked;
  const shown = count(decisions);
  return decisions === 0
    ? t("screening.orderedByCriteria", { model })
    : t("screening.orderedByDecisions", { model, count: decisions, shown });
}

function numberIn(filter: Filter, summary: Summary): number {
  const { outcomes, undecided, prisma, decidedByPeople } = summary;
  switch (filter) {
    case "todo":
      return prisma.screened - decidedByPeople;
    case "conflicts":
      return undecided.conflict;
    case "all":
      return prisma.identified;
    case "decided":
      return decidedByPeople;
    case "sample":
      return Math.min(SAMPLE, undecided.exclude);
    default:
      return outcomes[filter];
  }
}
