import { useTranslation } from "react-i18next";

import { UploadArea } from "@/features/upload/UploadArea";
import page from "@/ui/Page.module.css";

import { SheetTable } from "./SheetTable";

/** Where everything begins: send files, and see what became of earlier ones. */
export function TasksPage() {
  const { t } = useTranslation();
  return (
    <div className={page.centred}>
      <h1>{t("tasks.title")}</h1>
      <UploadArea />
      <SheetTable />
    </div>
  );
}
