import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { EditBar } from "@/features/edits/EditBar";
import { ExportButton } from "@/features/exports/ExportButton";
import { TaskProgress } from "@/features/tasks/TaskProgress";
import type { TaskStatus } from "@/features/tasks/api/getStatus";
import type { SheetRecord } from "@/features/tasks/api/listRecords";
import { useMedia } from "@/lib/useMedia";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Failure } from "@/ui/Failure";
import { Message } from "@/ui/Message";

import {
  previewOptions,
  rowsIn,
  WHOLE,
  type Cell,
  type Column,
  type Sheet,
} from "./api/getPreview";
import { useFindings } from "./api/getFindings";
import { useProfile } from "./api/getProfile";
import { CellBar } from "./CellBar";
import { ColumnPanel } from "./ColumnPanel";
import { FindingsPanel } from "./FindingsPanel";
import { Grid, type GridHandle, type Place } from "./Grid";
import { nameParts } from "./columnName";
import { ReadingDialog } from "./ReadingDialog";
import { SheetHeader } from "./SheetHeader";
import styles from "./SheetPage.module.css";
import { usePages } from "./usePages";
import { useSheetTable } from "./useSheetTable";
import { useView } from "./useView";
import { ViewBar } from "./ViewBar";

const NONE: readonly (readonly Cell[])[] = [];
const WIDE = "(min-width: 1000px)";

interface Props {
  record: SheetRecord;
  columns: readonly Column[];
  status: TaskStatus;
}

/** A sheet that is there: its rows, its columns, and all that can be done with it. */
export function Workbench({ record, columns, status }: Props) {
  const { t } = useTranslation();
  const { recordId, version, cleanDataKey } = record;
  const sheet = { recordId, version, cleanDataKey };
  const control = useView();
  const grid = useRef<GridHandle>(null);
  const [active, setActive] = useState<Place>({ row: 0, column: 0 });
  const [opened, setOpened] = useState<string | null>(null);
  const [side, setSide] = useState<"findings" | "reading" | null>(null);
  const findings = useFindings(sheet);
  const { data: top } = useQuery(previewOptions(sheet, WHOLE, 0));
  const sample = top?.rows ?? NONE;
  const { table, shown } = useSheetTable(columns, sample);
  const profile = useProfile(sheet);
  const first = useQuery(previewOptions(sheet, control.view, 0));
  const wide = useMedia(WIDE);
  const rows = first.data ? rowsIn(first.data) : 0;
  const column = columns.find(({ name }) => name === opened);
  const found = findings.data?.findings ?? [];
  const openColumn = (name: string | null) => {
    setOpened(name);
    setSide(null);
    const position = shown.findIndex(({ id }) => id === name);
    // Once the panel has taken its room.
    setTimeout(() => position >= 0 && grid.current?.show(position));
  };
  const goTo = (row: number, name: string) => {
    control.clear();
    const position = shown.findIndex(({ id }) => id === name);
    // The grid may have to show all rows again before it can go to one of them.
    setTimeout(() => grid.current?.goTo({ row, column: Math.max(position, 0) }));
  };
  const panel =
    side === "findings" ? (
      <FindingsPanel
        recordId={record.recordId}
        findings={found}
        onGoTo={goTo}
        {...(wide && { onClose: () => setSide(null) })}
      />
    ) : (
      column && (
        <ColumnPanel
          key={column.name}
          recordId={record.recordId}
          column={column}
          profile={profile}
          control={control}
          findings={found.filter((each) => each.column === column.name)}
          onGoTo={goTo}
          {...(wide && { onClose: () => openColumn(null) })}
        />
      )
    );
  return (
    <div className={`${styles.page} ${styles.bench}`}>
      <SheetHeader record={record}>
        {record.source && <Button onClick={() => setSide("reading")}>{t("reading.open")}</Button>}
        <EditBar record={record} columns={columns} profile={profile.data} />
        <ExportButton record={record} />
      </SheetHeader>
      {status.status === "processing" && (
        <div className={styles.job}>
          <TaskProgress status={status} />
        </div>
      )}
      <ViewBar
        control={control}
        table={table}
        rows={rows}
        of={record.totalRows ?? 0}
        findings={findings.data?.count ?? 0}
        onFindings={() => setSide("findings")}
        onGoTo={(row) => grid.current?.goTo({ row, column: active.column })}
      />
      <div className={styles.split}>
        <div className={styles.left}>
          {first.error ? (
            <div className={styles.waiting}>
              <Failure error={first.error} onRetry={() => void first.refetch()} />
            </div>
          ) : first.data && rows === 0 ? (
            <Message title={t("grid.none")} />
          ) : (
            <Grid
              ref={grid}
              sheet={sheet}
              view={control.view}
              rows={rows}
              columns={shown}
              profile={profile.data}
              active={active}
              onActive={setActive}
              onOpenColumn={openColumn}
              onSort={control.turnSort}
            />
          )}
          <ActiveCell {...{ sheet, control, shown, active }} />
        </div>
        {wide && panel && (
          <aside
            className={styles.panel}
            aria-label={t(side === "findings" ? "findings.title" : "panel.label")}
          >
            {panel}
          </aside>
        )}
      </div>
      {side === "reading" && <ReadingDialog record={record} onClose={() => setSide(null)} />}
      {!wide && panel && (
        <Dialog
          open
          place="side"
          title={side === "findings" || !column ? t("findings.title") : nameParts(column.name).own}
          onClose={() => openColumn(null)}
        >
          {panel}
        </Dialog>
      )}
    </div>
  );
}

interface ActiveProps {
  sheet: Sheet;
  control: ReturnType<typeof useView>;
  shown: ReturnType<typeof useSheetTable>["shown"];
  active: Place;
}

function ActiveCell({ sheet, control, shown, active }: ActiveProps) {
  const row = Math.max(active.row, 0);
  const pages = usePages(sheet, control.view, { first: row, last: row });
  const column = shown[active.column];
  if (!column) return null;
  return (
    <CellBar row={active.row} column={column.column} cell={pages.rowAt(row)?.[column.index]} />
  );
}
