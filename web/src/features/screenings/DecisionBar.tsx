import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { moment } from "@/lib/format";
import { useKeys } from "@/lib/useKeys";
import { Button } from "@/ui/Button";
import { KeyBar } from "@/ui/KeyBar";

import { useDecide, type Decision } from "./api/decide";
import type { Screened } from "./api/getReferences";
import { useUndoDecision } from "./api/undoDecision";
import styles from "./DecisionBar.module.css";
import { FullTextField } from "./FullTextField";
import type { Queue } from "./useQueue";

const DECISIONS = [
  ["include", "I"],
  ["exclude", "E"],
  ["unsure", "U"],
] as const;

interface Props {
  recordId: string;
  queue: Queue;
  onBack?: (() => void) | undefined;
}

/** Decide on what is read, by button or key; the next one comes at once. */
export function DecisionBar({ recordId, queue, onBack }: Props) {
  const { t } = useTranslation();
  const decide = useDecide(recordId);
  const undo = useUndoDecision(recordId);
  const [reason, setReason] = useState("");
  const reasonField = useRef<HTMLInputElement>(null);
  const { current } = queue;

  const take = (decision: Decision) => {
    if (!current) return;
    undo.reset();
    decide.mutate({
      number: current.reference.number,
      decision,
      reason: reason.trim() || null,
    });
    setReason("");
    queue.goOn();
  };
  const takeBack = () =>
    undo.mutate(undefined, { onSuccess: ({ reference }) => queue.goBackTo(reference.number) });
  useKeys({
    i: () => take("include"),
    e: () => take("exclude"),
    u: () => take("unsure"),
    z: takeBack,
    j: () => queue.step(1),
    k: () => queue.step(-1),
    r: () => reasonField.current?.focus(),
  });
  return (
    <KeyBar
      label={t("screening.decide")}
      keys={[
        ...DECISIONS.map(([decision, key]) => [key, t(`screening.${decision}`)] as const),
        ["Z", t("screening.undo")],
        ["J, K", t("screening.key.next")],
        ["R", t("screening.key.reason")],
      ]}
      error={decide.error ?? undo.error}
      onBack={onBack}
      above={
        <>
          {current && <Said screened={current} />}
          {current?.human?.decision === "include" && (
            <FullTextField recordId={recordId} screened={current} />
          )}
        </>
      }
      below={
        <p role="status" className={styles.status}>
          {undo.data && t("screening.undone", { number: undo.data.reference.number })}
        </p>
      }
    >
      {DECISIONS.map(([decision, key]) => (
        <Button
          key={decision}
          kind={decision === "include" ? "main" : "edged"}
          disabled={!current}
          aria-keyshortcuts={key}
          onClick={() => take(decision)}
        >
          {t(`screening.${decision}`)} <kbd>{key}</kbd>
        </Button>
      ))}
      <form
        className={styles.reason}
        onSubmit={(event) => {
          event.preventDefault();
          take("exclude");
          reasonField.current?.blur();
        }}
      >
        <input
          ref={reasonField}
          value={reason}
          maxLength={1000}
          aria-label={t("screening.reason")}
          placeholder={`${t("screening.reason")} · ${t("screening.reasonHint")}`}
          onChange={(event) => setReason(event.target.value)}
        />
      </form>
      <Button kind="plain" aria-keyshortcuts="Z" disabled={undo.isPending} onClick={takeBack}>
        {t("screening.undo")} <kbd>Z</kbd>
      </Button>
    </KeyBar>
  );
}

/** What a person has decided on it already. */
function Said({ screened: { human } }: { screened: Screened }) {
  const { t } = useTranslation();
  if (!human) return null;
  return (
    <p className={styles.said}>
      <strong>{t(`screening.human.${human.decision}`)}</strong>{" "}
      {human.reason && <>“{human.reason}” </>}
      <span>
        {t("screening.decidedBy", { who: human.decidedBy, when: moment(human.decidedAt) })}
      </span>
    </p>
  );
}
