import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { TaskProgress } from "@/features/tasks/TaskProgress";
import { useTaskStatus } from "@/features/tasks/useTaskStatus";
import { saveFrom } from "@/lib/download";
import { bytes, moment } from "@/lib/format";
import { Failure } from "@/ui/Failure";

import type { Making } from "./api/askExport";
import type { Format } from "./api/exportUrl";
import { useExported } from "./api/getExported";
import styles from "./ExportButton.module.css";

interface Props {
  recordId: string;
  making: Making;
  onAskAgain: (format: Format) => void;
}

/** A file that a job makes: how far it is, then the download, which begins by itself. */
export function MakingFile({ recordId, making, onAskAgain }: Props) {
  const { t } = useTranslation();
  const { format, jobId } = making;
  const { data: status, error } = useTaskStatus({ recordId, jobId });
  const ready = status?.status === "ready";
  const exported = useExported(recordId, jobId, { enabled: ready && making.exportUrl !== null });
  const file = exported.data;
  const url = file?.downloadUrl;
  useEffect(() => {
    if (url !== undefined) saveFrom(url);
  }, [url]);
  const first = ready && making.exportUrl === null;
  useEffect(() => {
    if (first) onAskAgain(format);
  }, [first, onAskAgain, format]);
  if (file)
    return (
      <p className={styles.file} role="status">
        <a href={file.downloadUrl} download>
          {file.fileName}
        </a>
        <small>{t("export.made", { size: bytes(file.size), until: moment(file.expiresAt) })}</small>
      </p>
    );
  return (
    <>
      <p>{t("export.making", { format: t(`export.format.${format}.name`) })}</p>
      {status && <TaskProgress status={status} />}
      {(error ?? exported.error) && <Failure error={error ?? exported.error} />}
    </>
  );
}
