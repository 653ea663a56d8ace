import { useMemo } from "react";

import { piecesOf, type Mark } from "@/lib/pieces";

import styles from "./MarkedText.module.css";

interface Props {
  text: string;
  marks: readonly Mark[];
  /** The mark that is looked at just now. */
  active?: string | null;
}

/** A text with some of its words marked; nothing but the text is in it. */
export function MarkedText({ text, marks, active = null }: Props) {
  const pieces = useMemo(() => piecesOf(text, marks), [text, marks]);
  return pieces.map(({ text: words, keys }, index) =>
    keys.length === 0 ? (
      words
    ) : (
      <mark
        key={index}
        className={`${styles.mark} ${lookOf(keys, active)}`}
        data-marks={keys.join(" ")}
      >
        {words}
      </mark>
    ),
  );
}

function lookOf(keys: readonly string[], active: string | null): string | undefined {
  if (active === null) return "";
  return keys.includes(active) ? styles.active : styles.aside;
}
