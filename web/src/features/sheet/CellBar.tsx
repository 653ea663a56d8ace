import { useTranslation } from "react-i18next";

import { count } from "@/lib/format";

import type { Cell, Column } from "./api/getPreview";
import { shownOf } from "./cells";
import { nameParts } from "./columnName";
import styles from "./SheetPage.module.css";

interface Props {
  /** -1 is the header. */
  row: number;
  column: Column;
  cell: Cell | undefined;
}

/** The whole of the active cell, which its place in the grid may be too small for. */
export function CellBar({ row, column, cell }: Props) {
  const { t } = useTranslation();
  const { own } = nameParts(column.name);
  if (row < 0)
    return (
      <div className={styles.cellBar}>
        <output>{column.name}</output>
      </div>
    );
  return (
    <div className={styles.cellBar}>
      <span className={styles.where}>{t("grid.where", { row: count(row + 1), column: own })}</span>
      <output>
        {cell === null ? <i className={styles.quiet}>{t("grid.blank")}</i> : shownOf(cell, column)}
      </output>
    </div>
  );
}
