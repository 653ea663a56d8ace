import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/ui/Button";
import { Failure } from "@/ui/Failure";

import { useDecide } from "./api/decide";
import type { Screened } from "./api/getReferences";
import styles from "./DecisionBar.module.css";

interface Props {
  recordId: string;
  screened: Screened;
}

/** What reading the full text of an included record comes to. */
export function FullTextField({ recordId, screened }: Props) {
  const { t } = useTranslation();
  const decide = useDecide(recordId);
  const [reason, setReason] = useState(screened.fullTextReason ?? "");
  const { number } = screened.reference;
  const take = (decision: "include" | "exclude") =>
    decide.mutate({
      number,
      stage: "fullText",
      decision,
      reason: decision === "exclude" ? reason.trim() || null : null,
    });
  return (
    <div className={styles.fullText} role="group" aria-label={t("screening.fullText")}>
      <span title={t("screening.fullTextAbout")}>{t("screening.fullText")}</span>
      {(["include", "exclude"] as const).map((each) => (
        <Button
          key={each}
          kind="plain"
          aria-pressed={screened.fullText === each}
          disabled={decide.isPending}
          onClick={() => take(each)}
        >
          {t(`screening.${each}`)}
        </Button>
      ))}
      <input
        value={reason}
        maxLength={1000}
        aria-label={t("screening.fullTextReason")}
        placeholder={t("screening.fullTextReason")}
        onChange={(event) => setReason(event.target.value)}
      />
      {decide.error && <Failure error={decide.error} />}
    </div>
  );
}
