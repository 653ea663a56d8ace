import { Progress as Base } from "@base-ui/react/progress";

import styles from "./Progress.module.css";

interface Props {
  label: string;
  /** 0 to 100, or null while nobody can know. */
  value: number | null;
}

/** A hairline that fills; without a value it stays empty, and the words beside it say why. */
export function Progress({ label, value }: Props) {
  return (
    <Base.Root className={styles.root} value={value} aria-label={label}>
      <Base.Track className={styles.track}>
        <Base.Indicator className={styles.bar} />
      </Base.Track>
    </Base.Root>
  );
}
