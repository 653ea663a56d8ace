import { useTranslation } from "react-i18next";
import { Link } from "wouter";

import { useDocumentTitle } from "@/lib/useDocumentTitle";
import buttons from "@/ui/Button.module.css";
import page from "@/ui/Page.module.css";

import { ScreeningTable } from "./ScreeningTable";

/** All screenings of the caller. */
export default function ScreeningsPage() {
  const { t } = useTranslation();
  useDocumentTitle(t("screening.title"));
  return (
    <div className={page.centred}>
      <div className={page.top}>
        <h1>{t("screening.title")}</h1>
        <Link href="/screenings/new" className={`${buttons.button} ${buttons.main}`}>
          {t("screening.new")}
        </Link>
      </div>
      <ScreeningTable />
    </div>
  );
}
