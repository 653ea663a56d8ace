import { useTranslation } from "react-i18next";

import { bytes } from "@/lib/format";
import { DropArea } from "@/ui/DropArea";
import drop from "@/ui/DropArea.module.css";
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
  const limit = bytes(MAX_BYTES);
  const fault = file && refused(file);
  return (
    <section className={page.fields} aria-label={t("screening.form.file")}>
      <DropArea
        action={t(file ? "screening.form.other" : "screening.form.choose")}
        about={t("screening.form.accepts", { limit })}
        accept={ACCEPTED}
        testId="references"
        onFiles={([first]) => {
          if (first) onFile(first);
        }}
      >
        {file ? (
          <span className={styles.chosen}>
            <strong>{file.name}</strong> <span>{bytes(file.size)}</span>
          </span>
        ) : (
          t("screening.form.drop")
        )}
      </DropArea>
      <div role="status">
        {fault && (
          <p className={drop.refused}>
            ✕ {t(`screening.form.${fault}`, fault === "tooLarge" ? { limit } : { limit: "" })}
          </p>
        )}
      </div>
    </section>
  );
}
