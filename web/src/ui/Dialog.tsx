import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import styles from "./Dialog.module.css";

interface Props {
  open: boolean;
  onClose: () => void;
  title: string;
  about?: string | undefined;
  /** `side` comes in from the right, or from below on a phone. */
  place?: "middle" | "side";
  children: ReactNode;
}

/** A dialog over the page; focus stays in it and goes back to where it was. */
export function Dialog({ open, onClose, title, about, place = "middle", children }: Props) {
  const { t } = useTranslation();
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={`${styles.popup} ${styles[place]}`}>
          <header className={styles.header}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            <Base.Close className={styles.close} aria-label={t("app.close")}>
              ✕
            </Base.Close>
            {about && <Base.Description className={styles.about}>{about}</Base.Description>}
          </header>
          <div className={styles.body}>{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
