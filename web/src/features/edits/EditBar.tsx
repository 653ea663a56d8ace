import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Column } from "@/features/sheet/api/getPreview";
import type { ColumnProfile } from "@/features/sheet/api/getProfile";
import type { SheetRecord } from "@/features/tasks/api/listRecords";
import { useTaskStatus } from "@/features/tasks/useTaskStatus";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Failure } from "@/ui/Failure";

import { useHistory } from "./api/getHistory";
import { useMoveVersion } from "./api/moveVersion";
import { EditDialog } from "./EditDialog";
import { HistoryList } from "./HistoryList";

interface Props {
  record: SheetRecord;
  columns: readonly Column[];
  profile: ReadonlyMap<string, ColumnProfile> | undefined;
}

/** Edit, undo, redo, history. */
export function EditBar({ record, columns, profile }: Props) {
  const { t } = useTranslation();
  const { recordId, version } = record;
  const [open, setOpen] = useState<"edit" | "history" | null>(null);
  const [jobId, setJobId] = useState<number>();
  const history = useHistory(recordId, version);
  const move = useMoveVersion(recordId);
  const job = useTaskStatus({ recordId, jobId }, { enabled: jobId !== undefined });
  // Before there is a job, the record's own status may be known, which is none of this.
  const failed = jobId !== undefined && job.data?.status === "error" ? job.data.error : null;
  const versions = history.data ?? [];
  const started = (id: number) => {
    setJobId(id);
    setOpen(null);
    move.reset();
  };
  return (
    <>
      {failed && <Failure error={failed} />}
      {move.error && <Failure error={move.error} />}
      <Button
        onClick={() => move.mutate({ to: "undo", version })}
        disabled={move.isPending || !versions.some((each) => each.version < version && each.kept)}
      >
        {t("edit.undo")}
      </Button>
      <Button
        onClick={() => move.mutate({ to: "redo", version })}
        disabled={move.isPending || !versions.some((each) => each.version > version)}
      >
        {t("edit.redo")}
      </Button>
      <Button onClick={() => setOpen("history")}>{t("edit.history")}</Button>
      <Button onClick={() => setOpen("edit")}>{t("edit.open")}</Button>
      {open === "edit" && (
        <EditDialog
          record={record}
          columns={columns}
          profile={profile}
          onStarted={started}
          onClose={() => setOpen(null)}
        />
      )}
      <Dialog
        open={open === "history"}
        place="side"
        title={t("edit.history")}
        onClose={() => setOpen(null)}
      >
        <HistoryList record={record} versions={versions} onStarted={started} />
      </Dialog>
    </>
  );
}
