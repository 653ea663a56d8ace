import i18n from "i18next";

const KIB = 1024;

/** A whole number with the language's separators. */
export function count(value: number): string {
  return new Intl.NumberFormat(i18n.language).format(value);
}

/** A figure in at most six significant digits. */
export function figure(value: number): string {
  return new Intl.NumberFormat(i18n.language, { maximumSignificantDigits: 6 }).format(value);
}

/** A share between 0 and 1 as percent; never rounded up to 100 nor down to 0. */
export function percent(share: number): string {
  const format = (value: number, digits: number) =>
    new Intl.NumberFormat(i18n.language, {
      style: "percent",
      maximumFractionDigits: digits,
    }).format(value);
  if (share > 0 && share < 0.001) return `<${format(0.001, 1)}`;
  if (share < 1 && share > 0.999) return `>${format(0.999, 1)}`;
  return format(share, share > 0.99 || share < 0.01 ? 1 : 0);
}

/** Bytes in KB, MB or GB of 1024. */
export function bytes(value: number): string {
  if (value < KIB) return `${value} B`;
  const units = ["KB", "MB", "GB", "TB"];
  let size = value;
  let unit = -1;
  do {
    size /= KIB;
    unit += 1;
  } while (size >= KIB && unit < units.length - 1);
  const digits = size < 10 ? 1 : 0;
  const shown = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: digits });
  return `${shown.format(size)} ${units[unit]}`;
}

/** Seconds in the largest unit that fits: 0.8 s, 12 s, 3 min, 2 h, 5 d. */
export function duration(seconds: number): string {
  const steps: [number, string][] = [
    [86_400, "day"],
    [3_600, "hour"],
    [60, "minute"],
  ];
  for (const [size, unit] of steps) {
    if (seconds >= size) return inUnit(Math.round(seconds / size), unit);
  }
  return inUnit(seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds), "second");
}

function inUnit(value: number, unit: string): string {
  return new Intl.NumberFormat(i18n.language, {
    style: "unit",
    unit,
    unitDisplay: "short",
  }).format(value);
}

/** A moment in the reader's own time, without seconds. */
export function moment(iso: string): string {
  return new Intl.DateTimeFormat(i18n.language, {
    dateStyle: "medium",
    timeStyle: "short",
  }).format(new Date(iso));
}
