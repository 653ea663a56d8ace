import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { SheetRecord } from "@/features/tasks/api/listRecords";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Failure } from "@/ui/Failure";

import { useAskExport } from "./api/askExport";
import { exportUrl, FORMATS } from "./api/exportUrl";
import styles from "./ExportButton.module.css";
import { MakingFile } from "./MakingFile";

/** Download all rows in some format; a file that has to be made first is followed until it is. */
export function ExportButton({ record }: { record: SheetRecord }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { recordId } = record;
  const ask = useAskExport(recordId);
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
              <a
                href={exportUrl(recordId, format)}
                download
                onClick={(event) => {
                  event.preventDefault();
                  ask.mutate(format);
                }}
              >
                <strong>{t(`export.format.${format}.name`)}</strong>
                <small>{t(`export.format.${format}.about`)}</small>
              </a>
            </li>
          ))}
        </ul>
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
      </Dialog>
    </>
  );
}
