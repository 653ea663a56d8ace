import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";

import { TaskProgress } from "@/features/tasks/TaskProgress";
import { useTaskStatus } from "@/features/tasks/useTaskStatus";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Failure } from "@/ui/Failure";
import page from "@/ui/Page.module.css";

import { useAddColumns } from "./api/addColumns";

interface Props {
  recordId: string;
  sheetId: string;
}

/** Bring the values into the sheet that the texts came from, as a new version. */
export function AddColumnsButton({ recordId, sheetId }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const add = useAddColumns(recordId);
  const jobId = add.data?.jobId;
  const followed = useTaskStatus({ recordId: sheetId, jobId }, { enabled: jobId !== undefined });
  // Before there is a job, the sheet's own status may be known, which is none of this.
  const job = jobId === undefined ? undefined : followed.data;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("extraction.add")}</Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t("extraction.add")}
        about={t("extraction.addAbout")}
      >
        <div className={page.fields}>
          {add.error && <Failure error={add.error} />}
          {job && <TaskProgress status={job} />}
          <div className={page.send}>
            {job?.status === "ready" ? (
              <Link href={`/sheets/${sheetId}`}>{t("extraction.toSheet")}</Link>
            ) : (
              <Button
                kind="main"
                disabled={add.isPending || job?.status === "processing"}
                onClick={() => add.mutate()}
              >
                {t("extraction.addNow")}
              </Button>
            )}
          </div>
        </div>
      </Dialog>
    </>
  );
}
