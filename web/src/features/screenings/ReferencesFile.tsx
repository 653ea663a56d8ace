import { useRef, useState, type DragEvent } from "react";
import { useTranslation } from "react-i18next";

import area from "@/features/upload/UploadArea.module.css";
import { bytes } from "@/lib/format";
import { Button } from "@/ui/Button";
import page from "@/ui/Page.module.css";

import { ACCEPTED, MAX_BYTES, refused } from "./form";
import styles from "./Screenings.module.css";

interface Props {
  file: File | null;
  onFile: (file: File) => void;
}

/** Drop or choose the one file. */
export function ReferencesFile({ file, onFile }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const limit = bytes(MAX_BYTES);
  const fault = file && refused(file);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [dropped] = event.dataTransfer.files;
    if (dropped) onFile(dropped);
  };
  return (
    <section className={page.fields} aria-label={t("screening.form.file")}>
      {/* The button inside does the same by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        className={`${area.drop} ${over ? area.over : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <p>
          {file ? (
            <span className={styles.chosen}>
              <strong>{file.name}</strong> <span>{bytes(file.size)}</span>
            </span>
          ) : (
            t("screening.form.drop")
          )}{" "}
          <Button onClick={() => input.current?.click()}>
            {t(file ? "screening.form.other" : "screening.form.choose")}
          </Button>
        </p>
        <small>{t("screening.form.accepts", { limit })}</small>
        <input
          ref={input}
          type="file"
          hidden
          accept={ACCEPTED}
          data-testid="references"
          onChange={(event) => {
            const [chosen] = event.target.files ?? [];
            if (chosen) onFile(chosen);
            event.target.value = "";
          }}
        />
      </div>
      <div role="status">
        {fault && (
          <p className={area.refused}>
            ✕ {t(`screening.form.${fault}`, fault === "tooLarge" ? { limit } : { limit: "" })}
          </p>
        )}
      </div>
    </section>
  );
}
