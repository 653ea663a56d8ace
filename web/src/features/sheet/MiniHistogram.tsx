import type { ColumnProfile } from "./api/getProfile";
import styles from "./Grid.module.css";

const WIDTH = 44;
const HEIGHT = 14;
const MOST_BARS = 12;

/** The shape of a column at a glance: its histogram, or how often its top values occur. */
export function MiniHistogram({ profile }: { profile: ColumnProfile }) {
  const counts = barsOf(profile);
  const highest = Math.max(...counts);
  if (counts.length < 2 || highest === 0) return <svg className={styles.mini} aria-hidden />;
  const step = WIDTH / counts.length;
  const path = counts
    .map((count, index) => {
      const height = count === 0 ? 0 : Math.max(1, (count / highest) * HEIGHT);
      return `M${index * step} ${HEIGHT}v${-height}h${Math.max(1, step - 1)}v${height}z`;
    })
    .join("");
  return (
    <svg className={styles.mini} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
      <path d={path} />
    </svg>
  );
}

function barsOf({ histogram, top, distinct }: ColumnProfile): number[] {
  if (histogram && histogram.counts.length > 1) return halved(histogram.counts);
  // Values that all differ have no shape.
  return top.length > 1 && (top[0]?.count ?? 0) > 1 && distinct > 1
    ? top.slice(0, MOST_BARS).map(({ count }) => count)
    : [];
}

function halved(counts: readonly number[]): number[] {
  if (counts.length <= MOST_BARS) return [...counts];
  const pairs = Array.from(
    { length: Math.ceil(counts.length / 2) },
    (_, index) => (counts[2 * index] ?? 0) + (counts[2 * index + 1] ?? 0),
  );
  return halved(pairs);
}
