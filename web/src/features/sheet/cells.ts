import type { Cell, Column } from "./api/getPreview";

const NUMBERS = new Set<Column["type"]>(["integer", "decimal"]);
const ON_THE_RIGHT = new Set<Column["type"]>([...NUMBERS, "duration"]);

/** A cell as text, exactly as it is kept; a blank one is empty. */
export function textOf(cell: Cell | undefined): string {
  return cell === null || cell === undefined ? "" : String(cell);
}

/** A date and time for the eye: without the T. */
export function shownOf(cell: Cell | undefined, column: Column): string {
  const text = textOf(cell);
  return column.type === "datetime" ? text.replace("T", " ") : text;
}

export function onTheRight(column: Column): boolean {
  return ON_THE_RIGHT.has(column.type);
}

/** Whether a cell does not fit its column, such as #N/A among numbers. */
export function isOdd(cell: Cell | undefined, column: Column): boolean {
  if (typeof cell !== "string") return false;
  if (NUMBERS.has(column.type)) return !/^-?\d/.test(cell);
  if (column.type === "boolean") return true;
  return ["date", "datetime", "time"].includes(column.type) && !/^\d/.test(cell);
}
