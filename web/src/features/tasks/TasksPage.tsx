import { useTranslation } from "react-i18next";

import { UploadArea } from "@/features/upload/UploadArea";

import { RecordTable } from "./RecordTable";
import styles from "./TasksPage.module.css";

/** Where everything begins: send files, and see what became of earlier ones. */
export function TasksPage() {
  const { t } = useTranslation();
  return (
    <div className={styles.page}>
      <h1>{t("tasks.title")}</h1>
      <UploadArea />
      <RecordTable />
    </div>
  );
}
