import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { RECORDS_KEY } from "@/features/tasks/api/listRecords";
import { bytes } from "@/lib/format";
import { Button } from "@/ui/Button";
import { DropArea } from "@/ui/DropArea";

import { ACCEPTED, kindOf, MAX_BYTES } from "./kinds";
import { chooseFiles, sendUpload } from "./queue";
import styles from "./UploadArea.module.css";
import { UploadRow } from "./UploadRow";
import { useUploads } from "./useUploads";

/** Drop or choose files, see what they are, send them. */
export function UploadArea() {
  const { t } = useTranslation();
  const uploads = useUploads();
  useNewRecords(uploads.filter(({ state }) => state === "started").length);
  const sendable = uploads.filter(
    ({ state, name, size }) => state === "chosen" && kindOf(name) && size > 0 && size <= MAX_BYTES,
  );

  return (
    <section className={styles.area} aria-label={t("upload.title")}>
      <DropArea
        action={t("upload.choose")}
        about={t("upload.accepts", { limit: bytes(MAX_BYTES) })}
        accept={ACCEPTED}
        multiple
        testId="files"
        onFiles={chooseFiles}
      >
        {t("upload.drop")}
      </DropArea>
      {uploads.length > 0 && (
        <ul className={styles.list} aria-label={t("upload.list")}>
          {uploads.map((upload) => (
            <UploadRow key={upload.id} upload={upload} />
          ))}
        </ul>
      )}
      {sendable.length > 0 && (
        <div className={styles.send}>
          <Button kind="main" onClick={() => sendable.forEach(({ id }) => sendUpload(id))}>
            {t("upload.send", { count: sendable.length })}
          </Button>
          <span>{bytes(sendable.reduce((sum, { size }) => sum + size, 0))}</span>
        </div>
      )}
    </section>
  );
}

/** The list below shows a record as soon as it is there. */
function useNewRecords(started: number): void {
  const client = useQueryClient();
  useEffect(() => {
    if (started > 0) void client.invalidateQueries({ queryKey: RECORDS_KEY });
  }, [client, started]);
}
