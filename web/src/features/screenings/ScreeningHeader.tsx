import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { count } from "@/lib/format";
import page from "@/ui/Page.module.css";

import type { Screening } from "./api/listScreenings";

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
    <header className={page.header}>
      <div className={page.title}>
        <h1>{record.fileName}</h1>
        <p className={page.quiet}>{facts.filter(Boolean).join(" · ")}</p>
      </div>
      {children && <div className={page.tools}>{children}</div>}
    </header>
  );
}
