import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";

import { count } from "@/lib/format";
import page from "@/ui/Page.module.css";

import type { Extraction } from "./api/listExtractions";
import { namesOf } from "./ExtractionTable";

interface Props {
  record: Extraction;
  children?: ReactNode;
}

export function ExtractionHeader({ record, children }: Props) {
  const { t } = useTranslation();
  const { totalTexts, column, sheetId, models } = record;
  return (
    <header className={page.header}>
      <div className={page.title}>
        <h1>{namesOf(record)}</h1>
        <p className={page.quiet}>
          {totalTexts !== null &&
            `${t("extraction.total", { count: totalTexts, shown: count(totalTexts) })} · `}
          {column !== null && sheetId !== null ? (
            <Link href={`/sheets/${sheetId}`}>{t("extraction.column", { name: column })}</Link>
          ) : (
            t("extraction.pasted")
          )}
          {models && ` · ${[...new Set(models)].join(", ")}`}
        </p>
      </div>
      <div className={page.tools}>{children}</div>
    </header>
  );
}
