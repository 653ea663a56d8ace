import styles from "./Status.module.css";

/** Told by shape and word; the colour only repeats it. */
export type Shape = "waiting" | "running" | "done" | "failed" | "stopped" | "paused";

const MARKS: Record<Shape, string> = {
  waiting: "○",
  running: "◐",
  done: "●",
  failed: "✕",
  stopped: "–",
  paused: "‖",
};

export function Status({ shape, children }: { shape: Shape; children: string }) {
  return (
    <span className={`${styles.status} ${styles[shape]}`}>
      <span className={styles.mark} aria-hidden>
        {MARKS[shape]}
      </span>
      {children}
    </span>
  );
}
