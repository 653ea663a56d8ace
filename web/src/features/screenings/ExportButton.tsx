import { useState } from "react";
import { useTranslation } from "react-i18next";

import { DialogButton } from "@/ui/DialogButton";
import { SelectField } from "@/ui/Field";
import { FormatList } from "@/ui/FormatList";
import page from "@/ui/Page.module.css";

import { exportUrl, FORMATS, OUTCOMES, type ExportedOutcome } from "./api/exportUrl";

/** Download references, all or those of one outcome. */
export function ExportButton({ recordId }: { recordId: string }) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<ExportedOutcome | null>(null);
  return (
    <DialogButton
      action={t("export.open")}
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
        <FormatList
          formats={FORMATS}
          urlOf={(format) => exportUrl(recordId, format, outcome)}
          nameOf={(format) => t(`screening.export.format.${format}.name`)}
          aboutOf={(format) => t(`screening.export.format.${format}.about`)}
        />
      </div>
    </DialogButton>
  );
}
