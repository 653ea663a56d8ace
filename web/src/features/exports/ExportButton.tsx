import { useTranslation } from "react-i18next";

import type { SheetRecord } from "@/features/tasks/api/listRecords";
import { DialogButton } from "@/ui/DialogButton";
import { Failure } from "@/ui/Failure";
import { FormatList } from "@/ui/FormatList";

import { useAskExport } from "./api/askExport";
import { exportUrl, FORMATS } from "./api/exportUrl";
import styles from "./ExportButton.module.css";
import { MakingFile } from "./MakingFile";

/** Download all rows in some format; a file that has to be made first is followed until it is. */
export function ExportButton({ record }: { record: SheetRecord }) {
  const { t } = useTranslation();
  const { recordId } = record;
  const ask = useAskExport(recordId);
  return (
    <DialogButton
      action={t("export.open")}
      title={t("export.title")}
      about={t("export.about", { name: record.fileName })}
    >
      <FormatList
        formats={FORMATS}
        urlOf={(format) => exportUrl(recordId, format)}
        nameOf={(format) => t(`export.format.${format}.name`)}
        aboutOf={(format) => t(`export.format.${format}.about`)}
        onChoose={ask.mutate}
      />
      <div className={styles.below}>
        {ask.isPending && <p role="status">{t("export.asking")}</p>}
        {ask.error && <Failure error={ask.error} />}
        {ask.data && (
          <MakingFile
            key={`${ask.data.jobId} ${record.version}`}
            recordId={recordId}
            making={ask.data}
            onAskAgain={ask.mutate}
          />
        )}
      </div>
    </DialogButton>
  );
}
