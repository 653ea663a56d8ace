import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { Status } from "@/ui/Status";

import { RECORDS_KEY, type SheetRecord } from "./api/listRecords";
import { shapeOf } from "./TaskProgress";
import { useTaskStatus } from "./useTaskStatus";

/** Whether a record is read; one that is not yet is followed until it is. */
export function RecordState({ record: { recordId, totalRows } }: { record: SheetRecord }) {
  const { t } = useTranslation();
  if (totalRows === null) return <Unread recordId={recordId} />;
  return <Status shape="done">{t("task.state.ready")}</Status>;
}

function Unread({ recordId }: { recordId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data } = useTaskStatus({ recordId });
  const ready = data?.status === "ready";
  useEffect(() => {
    if (ready) void client.invalidateQueries({ queryKey: RECORDS_KEY });
  }, [client, ready]);
  if (!data) return null;
  const share = data.state === "running" && data.rowsTotal !== null ? ` ${data.progress} %` : "";
  return (
    <Status shape={shapeOf(data)}>{t(`task.state.${data.state ?? data.status}`) + share}</Status>
  );
}
