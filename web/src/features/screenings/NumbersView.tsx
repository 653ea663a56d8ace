import { useTranslation } from "react-i18next";

import type { Language } from "@/i18n";
import { count, figure, percent } from "@/lib/format";
import { Failure } from "@/ui/Failure";
import { Message } from "@/ui/Message";

import { prismaUrl, useSummary, type Summary } from "./api/getSummary";
import type { Screening } from "./api/listScreenings";
import { criteriaOf } from "./criteria";
import styles from "./Numbers.module.css";

/** How the models agree, what is decided, what it has cost, and the flow picture. */
export function NumbersView({ record }: { record: Screening }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useSummary(record.recordId);
  if (!data)
    return error ? (
      <div className={styles.page}>
        <Failure error={error} onRetry={() => void refetch()} />
      </div>
    ) : (
      <Message title={t("app.loading")} />
    );
  return (
    <div className={styles.page}>
      <Figures summary={data} />
      <Flow recordId={record.recordId} prisma={data.prisma} />
      <LookedFor record={record} />
    </div>
  );
}

function Figures({ summary }: { summary: Summary }) {
  const { t } = useTranslation();
  const { judged, prisma, agreement, kappa, conflicts, decidedByPeople, cost } = summary;
  const undefined_ = t("screening.undefined");
  const figures: [string, string][] = [
    [t("screening.judged"), t("app.of", { part: count(judged), all: count(prisma.screened) })],
    [t("screening.agreement"), agreement === null ? undefined_ : percent(agreement)],
    [t("screening.kappa"), kappa === null ? undefined_ : figure(Math.round(kappa * 100) / 100)],
    [t("screening.conflicts"), count(conflicts)],
    [t("screening.byPeople"), count(decidedByPeople)],
  ];
  if (cost.calls > 0)
    figures.push(
      [
        t("screening.calls"),
        t("screening.callsOf", { calls: count(cost.calls), cached: count(cost.cached) }),
      ],
      [t("screening.tokens"), `${count(cost.tokensIn)}, ${count(cost.tokensOut)}`],
    );
  if (cost.cost > 0) figures.push([t("screening.cost"), figure(cost.cost)]);
  return (
    <dl className={styles.figures}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Flow({ recordId, prisma }: { recordId: string; prisma: Summary["prisma"] }) {
  const { t, i18n } = useTranslation();
  const url = prismaUrl(recordId, i18n.language as Language);
  const spoken = t("screening.prismaAlt", {
    identified: count(prisma.identified),
    duplicates: count(prisma.duplicatesRemoved),
    screened: count(prisma.screened),
    excluded: count(prisma.excluded),
    awaiting: count(prisma.awaiting),
    sought: count(prisma.sought),
    excludedFullText: count(prisma.excludedFullText),
    included: count(prisma.included),
  });
  return (
    <figure className={styles.flow}>
      <figcaption>
        <h2>{t("screening.prisma")}</h2>
        <a href={url} download="prisma.svg">
          {t("screening.prismaFile")}
        </a>
      </figcaption>
      {/* Its words change with the numbers: then it is asked for again. */}
      <a href={url}>
        <img key={spoken} src={url} alt={spoken} width={760} height={440} />
      </a>
    </figure>
  );
}

function LookedFor({ record }: { record: Screening }) {
  const { t } = useTranslation();
  return (
    <section className={styles.criteria}>
      <h2>{t("screening.lookedFor")}</h2>
      <dl>
        {criteriaOf(record.criteria).map(({ id, kind, part, text }) => (
          <div key={id}>
            <dt>{part ? t(`screening.picos.${part}`) : t(`screening.kind.${kind}`)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
        {record.models && (
          <div>
            <dt>{t("screening.models")}</dt>
            <dd>{record.models.join(", ")}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
