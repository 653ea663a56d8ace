import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useTranslation } from "react-i18next";

import { Button } from "./Button";
import styles from "./Dialog.module.css";
import own from "./Confirm.module.css";

interface Props {
  /** What would be done; null while nothing is asked. */
  question: string | null;
  about?: string;
  action: string;
  onConfirm: () => void;
  onClose: () => void;
}

/** Ask before something that cannot be taken back. */
export function Confirm({ question, about, action, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <AlertDialog.Root open={question !== null} onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={styles.backdrop} />
        <AlertDialog.Popup className={`${styles.popup} ${styles.middle} ${own.popup}`}>
          <AlertDialog.Title className={own.title}>{question}</AlertDialog.Title>
          {about && (
            <AlertDialog.Description className={styles.about}>{about}</AlertDialog.Description>
          )}
          <div className={own.actions}>
            <Button onClick={onClose}>{t("app.leave")}</Button>
            <Button
              kind="danger"
              onClick={() => {
                onConfirm();
                onClose();
              }}
            >
              {action}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
