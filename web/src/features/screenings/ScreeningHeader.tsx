import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { count } from "@/lib/format";

import type { Screening } from "./api/listScreenings";
import styles from "./Screenings.module.css";

interface Props {
  record: Screening;
  children?: ReactNode;
}

export function ScreeningHeader({ record, children }: Props) {
  const { t } = useTranslation();
  const { totalRecords, duplicates, rule } = record;
  const facts = [
    totalRecords !== null &&
      t("screening.facts", { count: totalRecords, shown: count(totalRecords) }),
    duplicates ? t("screening.duplicates", { count: duplicates, shown: count(duplicates) }) : null,
    t(`screening.rule.${rule}`),
  ];
  return (
    <header className={styles.header}>
      <div className={styles.title}>
        <h1>{record.fileName}</h1>
        <p className={styles.quiet}>{facts.filter(Boolean).join(" · ")}</p>
      </div>
      {children && <div className={styles.tools}>{children}</div>}
    </header>
  );
}
