import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { useCallback, useRef, useState, type RefObject } from "react";

export const ROW_HEIGHT = 28;
/** Browsers cannot make anything taller (Firefox ends at 17.8 million px); then scrolling is scaled. */
const TALLEST = 16_000_000;
const OVERSCAN = 6;

type RowVirtualizer = Virtualizer<HTMLDivElement, Element>;

/** Which rows are in sight, however many there are, and how to bring one there. */
export function useGridScroll(scroller: RefObject<HTMLDivElement | null>, rows: number) {
  const [height, setHeight] = useState(600);
  const full = rows * ROW_HEIGHT;
  const scale = scaleOf(full, height);
  const scaleNow = useRef(scale);
  scaleNow.current = scale;

  const observeElementOffset = useCallback(
    (instance: RowVirtualizer, tell: (offset: number, scrolling: boolean) => void) => {
      const element = instance.scrollElement;
      if (!element) return;
      const onScroll = () => tell(element.scrollTop * scaleNow.current, false);
      onScroll();
      element.addEventListener("scroll", onScroll, { passive: true });
      return () => element.removeEventListener("scroll", onScroll);
    },
    [],
  );
  const observeElementRect = useCallback(
    (instance: RowVirtualizer, tell: (rect: { width: number; height: number }) => void) => {
      const element = instance.scrollElement;
      if (!element) return;
      const observer = new ResizeObserver(() => {
        setHeight(element.clientHeight);
        tell({ width: element.clientWidth, height: element.clientHeight });
      });
      observer.observe(element);
      return () => observer.disconnect();
    },
    [],
  );
  const virtualizer = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    observeElementOffset,
    observeElementRect,
    scrollToFn: (offset, { behavior }, instance) =>
      instance.scrollElement?.scrollTo({
        top: offset / scaleNow.current,
        behavior: behavior ?? "auto",
      }),
  });
  const offset = virtualizer.scrollOffset ?? 0;
  return {
    items: virtualizer.getVirtualItems(),
    /** How tall the scrolled area is. */
    tall: Math.min(full, TALLEST),
    /** Where in it a row's top is, given where it would be without scaling. */
    place: (start: number) => start - offset + offset / scale,
    rowsInSight: Math.max(1, Math.floor((height - HEADER_HEIGHT) / ROW_HEIGHT)),
    bringRow: (row: number, where: "auto" | "center" = "auto") => {
      const top = row * ROW_HEIGHT;
      const room = height - HEADER_HEIGHT - ROW_HEIGHT;
      if (where === "auto" && top >= offset && top <= offset + room) return;
      const goal = where === "center" ? top - room / 2 : top < offset ? top : top - room;
      scroller.current?.scrollTo({ top: Math.max(0, goal) / scale });
    },
  };
}

export const HEADER_HEIGHT = 76;

function scaleOf(full: number, height: number): number {
  if (full <= TALLEST) return 1;
  const room = height - HEADER_HEIGHT;
  return (full - room) / (TALLEST - room);
}
