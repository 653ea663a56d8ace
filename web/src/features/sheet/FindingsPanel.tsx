import { useTranslation } from "react-i18next";

import { Button } from "@/ui/Button";

import type { Finding } from "./api/getFindings";
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
      <p>
        <a href={`/api/v1/sheets/tasks/${recordId}/findings/workbook`} download>
          {t("findings.workbook")}
        </a>
      </p>
      <FindingList findings={findings} onGoTo={onGoTo} />
    </div>
  );
}
