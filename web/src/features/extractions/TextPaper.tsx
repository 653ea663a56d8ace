import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";

import { codePoints } from "@/lib/codePoints";
import { count } from "@/lib/format";
import type { Mark } from "@/lib/pieces";
import { MarkedText } from "@/ui/MarkedText";
import split from "@/ui/Split.module.css";

import type { ExtractedText } from "./api/getTexts";
import styles from "./Texts.module.css";

/** Words that the reader has selected in a text. */
export interface Picked {
  number: number;
  words: string;
  start: number;
  end: number;
}

interface Props {
  text: ExtractedText;
  /** The field whose words stand out. */
  active: string | null;
  onPick: (picked: Picked | null) => void;
}

/** A text with the words marked that state values; other words can be selected. */
export function TextPaper({ text, active, onPick }: Props) {
  const { t } = useTranslation();
  const paper = useRef<HTMLParagraphElement>(null);
  const marks = useMemo(() => marksIn(text), [text]);
  useEffect(() => {
    const onChange = () => {
      const found = paper.current && pickedIn(paper.current, text);
      if (found) onPick(found);
    };
    document.addEventListener("selectionchange", onChange);
    return () => document.removeEventListener("selectionchange", onChange);
  }, [text, onPick]);
  return (
    <article className={split.text} aria-label={t("extraction.number", { number: text.number })}>
      <p className={split.facts}>{t("extraction.number", { number: count(text.number) })}</p>
      <p ref={paper} className={styles.paper}>
        <MarkedText text={text.text} marks={marks} active={active} />
      </p>
    </article>
  );
}

/** What counts, or both models' words where nothing does. */
function marksIn({ values }: ExtractedText): Mark[] {
  return values.flatMap(({ field, span, a, b }) => {
    const spans = span ? [span] : [a, b];
    return spans.flatMap((each): Mark[] =>
      each && typeof each.start === "number" && typeof each.end === "number"
        ? [{ start: each.start, end: each.end, key: field }]
        : [],
    );
  });
}

function pickedIn(paper: HTMLElement, { number, text }: ExtractedText): Picked | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!paper.contains(range.startContainer) || !paper.contains(range.endContainer)) return null;
  const before = range.cloneRange();
  before.selectNodeContents(paper);
  before.setEnd(range.startContainer, range.startOffset);
  const from = before.toString().length;
  const words = range.toString();
  const { fromIndex } = codePoints(text);
  return { number, words, start: fromIndex(from), end: fromIndex(from + words.length) };
}
