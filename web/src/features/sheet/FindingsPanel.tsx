import { useTranslation } from "react-i18next";

import { Button } from "@/ui/Button";
import { Failure } from "@/ui/Failure";

import type { Finding } from "./api/getFindings";
import { useSaveWorkbook, workbookUrl } from "./api/saveWorkbook";
import styles from "./ColumnPanel.module.css";
import { FindingList } from "./FindingList";

interface Props {
  recordId: string;
  findings: readonly Finding[];
  onGoTo: (row: number, column: string) => void;
  /** Left out where the panel stands in a dialog. */
  onClose?: () => void;
}

/** All that is doubtful in a sheet. */
export function FindingsPanel({ recordId, findings, onGoTo, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.panel}>
      {onClose && (
        <header className={styles.header}>
          <h2>{t("findings.title")}</h2>
          <Button kind="plain" aria-label={t("app.close")} onClick={onClose}>
            ✕
          </Button>
        </header>
      )}
      <Workbook recordId={recordId} />
      <FindingList findings={findings} onGoTo={onGoTo} />
    </div>
  );
}

function Workbook({ recordId }: Pick<Props, "recordId">) {
  const { t } = useTranslation();
  const save = useSaveWorkbook(recordId);
  return (
    <div>
      <a
        href={workbookUrl(recordId)}
        download
        onClick={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        {t("findings.workbook")}
      </a>
      <p role="status">{save.isPending && t("findings.workbookAsked")}</p>
      {save.error && <Failure error={save.error} />}
    </div>
  );
}
