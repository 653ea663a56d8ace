import { useTranslation } from "react-i18next";

import { count } from "@/lib/format";

import type { Finding } from "./api/getFindings";
import { textOf } from "./cells";
import styles from "./ColumnPanel.module.css";
import { nameParts } from "./columnName";

interface Props {
  findings: readonly Finding[];
  /** Whether they are of one column, whose name then needs no saying. */
  ofOne?: boolean;
  onGoTo: (row: number, column: string) => void;
}

/** What is doubtful, and where: a cell that is clicked comes into sight. */
export function FindingList({ findings, ofOne = false, onGoTo }: Props) {
  const { t, i18n } = useTranslation();
  const said = i18n.language === "zh-CN" ? "zh" : "en";
  return (
    <ul className={styles.findings}>
      {findings.map((finding) => (
        <li key={`${finding.rule} ${finding.column}`}>
          {!ofOne && <h3>{nameParts(finding.column).own}</h3>}
          <p>{finding.message[said]}</p>
          <p className={styles.quiet}>{finding.suggestion[said]}</p>
          <ul className={styles.top}>
            {finding.cells.map((cell) => (
              <li key={cell.index}>
                <button type="button" onClick={() => onGoTo(cell.index, finding.column)}>
                  <span>
                    {t("findings.row", { row: count(cell.index + 1) })} ·{" "}
                    {cell.value === null ? t("grid.blank") : textOf(cell.value)}
                  </span>
                  {cell.suggestion !== null && cell.suggestion !== undefined && (
                    <span>→ {textOf(cell.suggestion)}</span>
                  )}
                </button>
              </li>
            ))}
          </ul>
          {finding.count > finding.cells.length && (
            <small className={styles.quiet}>
              {t("findings.more", { count: finding.count - finding.cells.length })}
            </small>
          )}
        </li>
      ))}
    </ul>
  );
}
