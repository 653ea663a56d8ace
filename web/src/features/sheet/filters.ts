import type { useTranslation } from "react-i18next";

import type { Column } from "./api/getPreview";
import { nameParts } from "./columnName";

export const OPS = [
  "eq",
  "ne",
  "lt",
  "le",
  "gt",
  "ge",
  "contains",
  "startswith",
  "isblank",
  "notblank",
] as const;
export type Op = (typeof OPS)[number];

const WRITTEN = new RegExp(`^(.*):(${OPS.join("|")})(?::(.*))?$`, "s");

/** What a column can be asked for. */
export function opsFor({ type }: Column): readonly Op[] {
  return OPS.filter((op) => {
    if (op === "contains" || op === "startswith") return type === "text" || type === "category";
    return !(
      ["lt", "le", "gt", "ge"].includes(op) && ["boolean", "text", "category"].includes(type)
    );
  });
}

export function takesValue(op: Op): boolean {
  return op !== "isblank" && op !== "notblank";
}

/** Write a filter as the API reads it. */
export function filterOf(column: string, op: Op, value: string): string {
  return takesValue(op) ? `${column}:${op}:${value}` : `${column}:${op}`;
}

/** Say in words what a filter keeps. */
export function describeFilter(filter: string, t: ReturnType<typeof useTranslation>["t"]): string {
  const [, name = filter, op = "eq", value = ""] = WRITTEN.exec(filter) ?? [];
  return `${nameParts(name).own} ${t(`op.${op as Op}`)} ${value}`.trim();
}
