import { useTranslation } from "react-i18next";
import { Link } from "wouter";

import { useDocumentTitle } from "@/lib/useDocumentTitle";
import buttons from "@/ui/Button.module.css";
import page from "@/ui/Page.module.css";

import { ExtractionTable } from "./ExtractionTable";

/** All extractions of the caller. */
export default function ExtractionsPage() {
  const { t } = useTranslation();
  useDocumentTitle(t("extraction.title"));
  return (
    <div className={page.centred}>
      <div className={page.top}>
        <h1>{t("extraction.title")}</h1>
        <Link href="/extractions/new" className={`${buttons.button} ${buttons.main}`}>
          {t("extraction.new")}
        </Link>
      </div>
      <ExtractionTable />
    </div>
  );
}
