import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

import { useTheme } from "@/lib/theme";
import { useMedia } from "@/lib/useMedia";

import styles from "./Operators.module.css";

const WIDTH = 120;
const HEIGHT = 28;
const LEAST_POINTS = 2;

interface Props {
  values: readonly number[];
  label: string;
}

/** How many jobs ended in each last minute since the page was opened. */
export default function Sparkline({ values, label }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  const dark = useMedia("(prefers-color-scheme: dark)");
  useEffect(() => {
    const element = place.current;
    if (!element || values.length < LEAST_POINTS) return;
    const plot = draw(element, values);
    return () => plot.destroy();
  }, [values, theme, dark]);
  return <div ref={place} className={styles.spark} role="img" aria-label={label} />;
}

function draw(element: HTMLElement, values: readonly number[]): uPlot {
  element.style.color = "var(--quiet)";
  const stroke = getComputedStyle(element).color;
  const options: uPlot.Options = {
    width: WIDTH,
    height: HEIGHT,
    padding: [3, 0, 3, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false }, y: { range: (_, __, most) => [0, Math.max(1, most)] } },
    axes: [{ show: false }, { show: false }],
    series: [{}, { stroke, width: 1.25, points: { show: false } }],
  };
  return new uPlot(options, [values.map((_, index) => index), [...values]], element);
}
