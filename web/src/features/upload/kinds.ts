import { Problem } from "@/lib/problem";

const BOOKS = ["xlsx", "xlsm", "xls", "xlsb", "ods"] as const;
const TEXTS = ["csv", "tsv", "txt", "gz", "zip"] as const;
const EXTENSIONS = [...BOOKS, ...TEXTS];
type FileKind = (typeof EXTENSIONS)[number];

export const ACCEPTED = EXTENSIONS.map((each) => `.${each}`).join(",");
/** What one request may carry; beyond it a file goes straight to the bucket. */
export const MAX_INLINE_BYTES = 30 * 1024 * 1024;
export const MAX_BYTES = 5 * 1024 * 1024 * 1024;

/** Tell by its name what a file is; null for what is no spreadsheet. The content decides later. */
export function kindOf(name: string): FileKind | null {
  const extension = name.toLowerCase().split(".").pop();
  return EXTENSIONS.find((each) => each === extension) ?? null;
}

/** Whether trying the same again may help. */
export function worthRepeating(error: unknown): boolean {
  return error instanceof Problem && error.passing;
}
