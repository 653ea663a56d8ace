import { useTranslation } from "react-i18next";

import { DialogButton } from "@/ui/DialogButton";
import { FormatList } from "@/ui/FormatList";

import { exportUrl, FORMATS } from "./api/exportUrl";

/** Download all texts with their values. */
export function ExportButton({ recordId }: { recordId: string }) {
  const { t } = useTranslation();
  return (
    <DialogButton
      action={t("export.open")}
      title={t("export.title")}
      about={t("extraction.exportAbout")}
    >
      <FormatList
        formats={FORMATS}
        urlOf={(format) => exportUrl(recordId, format)}
        nameOf={(format) => t(`export.format.${format}.name`)}
        aboutOf={() => t("extraction.exportRow")}
      />
    </DialogButton>
  );
}
