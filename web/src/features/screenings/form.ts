import type { Criteria } from "./api/startScreening";
import { PICOS } from "./criteria";

/** Fifty thousand references, the most that a screening has, are well below it. */
export const MAX_BYTES = 512 * 1024 * 1024;
const EXTENSIONS = ["ris", "nbib", "bib", "csv", "tsv", "txt", "xlsx"];
const TABLES = ["csv", "tsv", "xlsx"];

export const ACCEPTED = EXTENSIONS.map((each) => `.${each}`).join(",");

/** What is typed into the form; statements are lines. */
export type Written = Record<(typeof PICOS)[number] | "include" | "exclude", string>;

export const NOTHING: Written = {
  population: "",
  intervention: "",
  comparison: "",
  outcome: "",
  studyDesign: "",
  include: "",
  exclude: "",
};

/** Return what is looked for; null while nothing says what to include. */
export function criteriaFrom(written: Written): Criteria | null {
  const picos = PICOS.flatMap((part) => {
    const text = written[part].trim();
    return text ? [[part, text] as const] : [];
  });
  const include = linesOf(written.include);
  if (picos.length === 0 && include.length === 0) return null;
  return { ...Object.fromEntries(picos), include, exclude: linesOf(written.exclude) };
}

/** Tell by its name and size why a file cannot be sent. */
export function refused({ name, size }: File): "wrongKind" | "tooLarge" | null {
  if (!EXTENSIONS.includes(extensionOf(name))) return "wrongKind";
  return size > MAX_BYTES ? "tooLarge" : null;
}

export function isTable({ name }: File): boolean {
  return TABLES.includes(extensionOf(name));
}

function extensionOf(name: string): string {
  return name.toLowerCase().split(".").pop() ?? "";
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
