import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "./Button";
import { Failure } from "./Failure";
import styles from "./KeyBar.module.css";
import { KeyHelp } from "./KeyHelp";

interface Props {
  label: string;
  /** What each key does. */
  keys: readonly (readonly [string, string])[];
  error: unknown;
  /** Back to the list, where a phone shows one thing at a time: it has no keys to tell of. */
  onBack?: (() => void) | undefined;
  above?: ReactNode;
  below?: ReactNode;
  /** What can be done, side by side. */
  children: ReactNode;
}

/** What can be done with the thing that is read, by button or key. */
export function KeyBar({ label, keys, error, onBack, above, below, children }: Props) {
  const { t } = useTranslation();
  return (
    <div className={`${styles.bar} ${below ? styles.stacked : ""}`} role="group" aria-label={label}>
      {above}
      {Boolean(error) && <Failure error={error} />}
      <div className={styles.line}>
        {onBack && (
          <Button kind="plain" onClick={onBack}>
            ‹ {t("app.back")}
          </Button>
        )}
        {children}
        {!onBack && <KeyHelp keys={keys} />}
      </div>
      {below}
    </div>
  );
}
