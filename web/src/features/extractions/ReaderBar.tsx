import { useTranslation } from "react-i18next";

import { useKeys } from "@/lib/useKeys";
import { Button } from "@/ui/Button";
import { KeyBar } from "@/ui/KeyBar";

import type { Extraction } from "./api/listExtractions";
import { useUndoResolution } from "./api/undoResolution";
import styles from "./Texts.module.css";
import type { Reader } from "./useReader";

interface Props {
  record: Extraction;
  reader: Reader;
  ended: boolean;
  onAgain: () => void;
  onBack?: () => void;
}

/** From text to text, to what should be looked at, and back from what was said. */
export function ReaderBar({ record, reader, ended, onAgain, onBack }: Props) {
  const { t } = useTranslation();
  const undo = useUndoResolution(record.recordId);
  const takeBack = () => undo.mutate(undefined, { onSuccess: reader.choose });
  const failed = reader.items.some(({ values }) =>
    values.some(({ agreement, a, b }) => agreement === "unanswered" || a?.fault || b?.fault),
  );
  useKeys({
    j: () => reader.step(1),
    k: () => reader.step(-1),
    n: () => void reader.nextToCheck(),
    z: takeBack,
  });
  return (
    <KeyBar
      label={t("extraction.move")}
      keys={[
        ["N", t("extraction.next")],
        ["A, B", t("extraction.key.use")],
        ["Z", t("screening.undo")],
        ["J, K", t("extraction.key.step")],
      ]}
      error={undo.error}
      onBack={onBack}
    >
      <Button kind="main" aria-keyshortcuts="N" onClick={() => void reader.nextToCheck()}>
        {t("extraction.next")} <kbd>N</kbd>
      </Button>
      <Button kind="plain" aria-keyshortcuts="Z" onClick={takeBack} disabled={undo.isPending}>
        {t("screening.undo")} <kbd>Z</kbd>
      </Button>
      {failed && ended && (
        <Button kind="plain" onClick={onAgain}>
          {t("extraction.again")}
        </Button>
      )}
      <span className={styles.end} role="status">
        {undo.data && t("extraction.undone", { number: undo.data.number })}
      </span>
    </KeyBar>
  );
}
