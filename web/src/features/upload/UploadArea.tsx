import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, type DragEvent } from "react";
import { useTranslation } from "react-i18next";

import { RECORDS_KEY } from "@/features/tasks/api/listRecords";
import { bytes } from "@/lib/format";
import { Button } from "@/ui/Button";

import { ACCEPTED, kindOf, MAX_BYTES } from "./kinds";
import { chooseFiles, sendUpload } from "./queue";
import styles from "./UploadArea.module.css";
import { UploadRow } from "./UploadRow";
import { useUploads } from "./useUploads";

/** Drop or choose files, see what they are, send them. */
export function UploadArea() {
  const { t } = useTranslation();
  const uploads = useUploads();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  useNewRecords(uploads.filter(({ state }) => state === "started").length);
  const sendable = uploads.filter(
    ({ state, name, size }) => state === "chosen" && kindOf(name) && size > 0 && size <= MAX_BYTES,
  );

  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    chooseFiles(event.dataTransfer.files);
  };
  return (
    <section className={styles.area} aria-label={t("upload.title")}>
      {/* The button inside does the same by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        className={`${styles.drop} ${over ? styles.over : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <p>
          {t("upload.drop")}{" "}
          <Button kind="edged" onClick={() => input.current?.click()}>
            {t("upload.choose")}
          </Button>
        </p>
        <small>{t("upload.accepts", { limit: bytes(MAX_BYTES) })}</small>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept={ACCEPTED}
          data-testid="files"
          onChange={(event) => {
            chooseFiles(event.target.files ?? []);
            event.target.value = "";
          }}
        />
      </div>
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
