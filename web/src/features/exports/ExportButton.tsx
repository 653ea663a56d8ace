import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { SheetRecord } from "@/features/tasks/api/listRecords";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";

import { exportUrl, FORMATS } from "./api/exportUrl";
import styles from "./ExportButton.module.css";

export function ExportButton({ record }: { record: SheetRecord }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("export.open")}</Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t("export.title")}
        about={t("export.about", { name: record.fileName })}
      >
        <ul className={styles.formats}>
          {FORMATS.map((format) => (
            <li key={format}>
              <a href={exportUrl(record.recordId, format)} download>
                <strong>{t(`export.format.${format}.name`)}</strong>
                <small>{t(`export.format.${format}.about`)}</small>
              </a>
            </li>
          ))}
        </ul>
      </Dialog>
    </>
  );
}
