import { useState } from "react";
import { useTranslation } from "react-i18next";

import { count } from "@/lib/format";
import { Button } from "@/ui/Button";

import { ColumnPicker } from "./ColumnPicker";
import { nameParts } from "./columnName";
import { describeFilter } from "./filters";
import styles from "./SheetPage.module.css";
import type { SheetTable } from "./useSheetTable";
import type { ViewControl } from "./useView";

interface Props {
  control: ViewControl;
  table: SheetTable;
  rows: number;
  of: number;
  findings: number;
  onFindings: () => void;
  onGoTo: (row: number) => void;
}

/** What the grid shows of the sheet, and how to see something else of it. */
export function ViewBar({ control, table, rows, of, findings, onFindings, onGoTo }: Props) {
  const { t } = useTranslation();
  const { view } = control;
  const narrowed = view.filters.length > 0;
  return (
    <div className={styles.bar}>
      <span className={narrowed ? styles.quiet : styles.repeated} role="status">
        {narrowed
          ? t("grid.matched", { rows: count(rows), of: count(of) })
          : t("grid.all", { rows: count(of) })}
      </span>
      {view.sort.map((key) => (
        <Chip
          key={key}
          text={t(key.startsWith("-") ? "grid.falling" : "grid.rising", {
            name: nameParts(key.replace(/^-/, "")).own,
          })}
          onRemove={() => control.setSort(view.sort.filter((each) => each !== key))}
        />
      ))}
      {view.filters.map((filter) => (
        <Chip
          key={filter}
          text={describeFilter(filter, t)}
          onRemove={() => control.removeFilter(filter)}
        />
      ))}
      <span className={styles.end} />
      {findings > 0 && (
        <Button kind="plain" onClick={onFindings}>
          {t("findings.open", { count: findings })}
        </Button>
      )}
      <GoTo rows={rows} onGoTo={onGoTo} />
      <ColumnPicker table={table} />
    </div>
  );
}

function Chip({ text, onRemove }: { text: string; onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <span className={styles.chip}>
      <span title={text}>{text}</span>
      <Button kind="plain" aria-label={t("grid.remove", { what: text })} onClick={onRemove}>
        ✕
      </Button>
    </span>
  );
}

function GoTo({ rows, onGoTo }: { rows: number; onGoTo: (row: number) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const row = Number(typed.replace(/\D/g, ""));
        if (row >= 1) onGoTo(Math.min(row, rows) - 1);
      }}
    >
      <input
        className={styles.jump}
        inputMode="numeric"
        aria-label={t("grid.goTo")}
        placeholder={t("grid.goTo")}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </form>
  );
}
