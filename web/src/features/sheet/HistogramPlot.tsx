import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

import { count, figure } from "@/lib/format";
import { useTheme } from "@/lib/theme";
import { useMedia } from "@/lib/useMedia";
import type { Schemas } from "@/lib/api";

import type { Column } from "./api/getPreview";
import styles from "./ColumnPanel.module.css";

const HEIGHT = 128;
const FONT = "12px system-ui, sans-serif";

interface Props {
  column: Column;
  histogram: Schemas["Histogram"];
}

/** A column's histogram, drawn by uPlot in the page's own colours. */
export default function HistogramPlot({ column, histogram }: Props) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  const dark = useMedia("(prefers-color-scheme: dark)");
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const plot = draw(element, histogram, column);
    return () => plot.destroy();
  }, [histogram, column, theme, dark]);
  const [low, high] = [histogram.edges[0], histogram.edges.at(-1)].map((edge) => edge ?? "");
  return (
    <div
      ref={place}
      className={styles.plot}
      role="img"
      aria-label={t("panel.histogramLabel", {
        bars: histogram.counts.length,
        low: String(low),
        high: String(high),
        most: count(Math.max(...histogram.counts)),
      })}
    />
  );
}

function draw(
  element: HTMLElement,
  { edges, counts }: Schemas["Histogram"],
  column: Column,
): uPlot {
  const xs = counts.map((_, index) => index + 0.5);
  const [bar, quiet, line] = ["--bar", "--quiet", "--hairline"].map((name) =>
    colour(element, name),
  );
  const labels = edges.map((edge) => edgeText(edge, column));
  const grid = { stroke: line ?? "", width: 1 };
  const options: uPlot.Options = {
    width: element.clientWidth,
    height: HEIGHT,
    padding: [8, 12, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: [0, counts.length] },
      y: { range: (_, __, max) => [0, max] },
    },
    axes: [
      {
        stroke: quiet ?? "",
        font: FONT,
        size: 24,
        gap: 4,
        grid: { show: false },
        ticks: { show: false },
        splits: () => [0, counts.length],
        values: (_, splits) => splits.map((split) => labels[split] ?? ""),
        align: 2,
      },
      {
        stroke: quiet ?? "",
        font: FONT,
        size: 44,
        gap: 4,
        grid,
        ticks: { show: false },
        space: 32,
        incrs: [
          1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6,
        ],
        values: (_, splits) => splits.map((split) => short(split)),
      },
    ],
    series: [{}, { fill: bar ?? "", width: 0, points: { show: false }, paths: bars() }],
  };
  return new uPlot(options, [xs, counts], element);
}

function bars(): uPlot.Series.PathBuilder {
  const build = uPlot.paths.bars;
  if (!build) throw new Error("This uPlot has no bars.");
  return build({ size: [0.94, Infinity] });
}

/** What a colour of the page is just now; a canvas cannot read custom properties. */
function colour(element: HTMLElement, name: string): string {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

function edgeText(edge: string | number | boolean | null, { type }: Column): string {
  if (typeof edge === "number") return type === "duration" ? `${figure(edge)} s` : figure(edge);
  return String(edge ?? "").slice(0, 10);
}

function short(value: number): string {
  return new Intl.NumberFormat("en", { notation: "compact" }).format(value);
}
