import { useTranslation } from "react-i18next";

import { bytes, percent } from "@/lib/format";
import { Button } from "@/ui/Button";
import { Failure } from "@/ui/Failure";
import page from "@/ui/Page.module.css";
import { Progress } from "@/ui/Progress";

import styles from "./Screenings.module.css";
import type { Sending } from "./useSending";

interface Props {
  file: File | null;
  sending: Sending;
  usable: boolean;
  /** What is still to be said, if anything. */
  needed: string | null;
}

/** The button that starts, and how far the file is on its way. */
export function SendBar({ file, sending, usable, needed }: Props) {
  const { t } = useTranslation();
  const { way, underway, error, stop } = sending;
  const mine = way !== null && way.file === file ? way : null;
  const inChunks = mine !== null && mine.session !== null;
  const words = () => {
    if (underway && mine)
      return t("screening.form.sending", { percent: percent(mine.sent / mine.file.size) });
    return t(inChunks ? "screening.form.resume" : "screening.form.start");
  };
  return (
    <>
      {error && <Failure error={error} />}
      {inChunks && (
        <div className={styles.way}>
          <Progress label={t("upload.progress")} value={(mine.sent / mine.file.size) * 100} />
          <p className={page.quiet} role="status">
            {mine.attempt > 0
              ? t("screening.form.repeats", { attempt: mine.attempt })
              : t("screening.form.sent", { sent: bytes(mine.sent), size: bytes(mine.file.size) })}
          </p>
        </div>
      )}
      <div className={page.send}>
        <Button kind="main" type="submit" disabled={!usable || underway}>
          {words()}
        </Button>
        {underway && inChunks && <Button onClick={stop}>{t("screening.form.stop")}</Button>}
        {needed && <p className={page.quiet}>{needed}</p>}
      </div>
    </>
  );
}
