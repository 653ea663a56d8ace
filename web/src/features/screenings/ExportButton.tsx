import { useState } from "react";
import { useTranslation } from "react-i18next";

import styles from "@/features/exports/ExportButton.module.css";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { SelectField } from "@/ui/Field";
import page from "@/ui/Page.module.css";

import { exportUrl, FORMATS, OUTCOMES, type ExportedOutcome } from "./api/exportUrl";

/** Download references, all or those of one outcome. */
export function ExportButton({ recordId }: { recordId: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [outcome, setOutcome] = useState<ExportedOutcome | null>(null);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("export.open")}</Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t("screening.export.title")}
        about={t("screening.export.about")}
      >
        <div className={page.fields}>
          <SelectField
            label={t("screening.export.which")}
            value={outcome ?? ""}
            choices={[
              { value: "", label: t("screening.export.all") },
              ...OUTCOMES.map((each) => ({
                value: each,
                label: t(`screening.export.outcome.${each}`),
              })),
            ]}
            onChange={(event) => setOutcome((event.target.value || null) as ExportedOutcome | null)}
          />
          <ul className={styles.formats}>
            {FORMATS.map((format) => (
              <li key={format}>
                <a href={exportUrl(recordId, format, outcome)} download>
                  <strong>{t(`screening.export.format.${format}.name`)}</strong>
                  <small>{t(`screening.export.format.${format}.about`)}</small>
                </a>
              </li>
            ))}
          </ul>
        </div>
      </Dialog>
    </>
  );
}
