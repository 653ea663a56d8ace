import { useState } from "react";
import { useTranslation } from "react-i18next";

import styles from "@/features/exports/ExportButton.module.css";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";

import { exportUrl, FORMATS } from "./api/exportUrl";

/** Download all texts with their values. */
export function ExportButton({ recordId }: { recordId: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("export.open")}</Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t("export.title")}
        about={t("extraction.exportAbout")}
      >
        <ul className={styles.formats}>
          {FORMATS.map((format) => (
            <li key={format}>
              <a href={exportUrl(recordId, format)} download>
                <strong>{t(`export.format.${format}.name`)}</strong>
                <small>{t("extraction.exportRow")}</small>
              </a>
            </li>
          ))}
        </ul>
      </Dialog>
    </>
  );
}
