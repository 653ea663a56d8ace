import { useTranslation } from "react-i18next";

import type { Screened } from "./api/getReferences";
import styles from "./Screenings.module.css";

const MARKS = { include: "●", exclude: "–", conflict: "◐", unjudged: "○", unsure: "?" } as const;

/** What counts of a reference: a person's decision, else what the models' verdicts come to. */
export function Outcome({ screened }: { screened: Screened }) {
  const { t } = useTranslation();
  const { human, outcome, reference } = screened;
  if (reference.duplicateOf)
    return <span>{t("screening.duplicateOf", { number: reference.duplicateOf })}</span>;
  const shape = human?.decision ?? outcome;
  return (
    <span className={`${styles.outcome} ${human ? styles.byHand : ""} ${styles[shape] ?? ""}`}>
      <span aria-hidden>{MARKS[shape]}</span>
      {human ? t(`screening.human.${human.decision}`) : t(`screening.outcome.${outcome}`)}
    </span>
  );
}
