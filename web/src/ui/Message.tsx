import type { ReactNode } from "react";

import styles from "./Message.module.css";

interface Props {
  title: string;
  children?: ReactNode;
}

/** What stands where there is nothing else: empty, loading, not found. */
export function Message({ title, children }: Props) {
  return (
    <div className={styles.message} role="status">
      <p className={styles.title}>{title}</p>
      {children}
    </div>
  );
}
