import { useTranslation } from "react-i18next";

import { Problem } from "@/lib/problem";

import { Button } from "./Button";
import styles from "./Message.module.css";

interface Props {
  error: unknown;
  onRetry?: (() => void) | undefined;
}

/** A failure in the API's own sentence, and a way to try again where there is one. */
export function Failure({ error, onRetry }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.problem} role="alert">
      <p>
        <span aria-hidden>✕</span>
        <span>{useSentence()(error)}</span>
      </p>
      {onRetry && <Button onClick={onRetry}>{t("app.again")}</Button>}
    </div>
  );
}

/** Return what to say of an error. */
export function useSentence(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (error instanceof Problem && error.status === 0) return t("app.noAnswer");
    if (error instanceof Problem && error.status === 202) return t("app.underway");
    return error instanceof Error ? error.message : String(error);
  };
}
