import type { useTranslation } from "react-i18next";

import type { FieldAnswer, Found } from "./api/getTexts";
import type { TemplateField } from "./api/listExtractions";
import type { Resolution } from "./api/resolve";

type Translate = ReturnType<typeof useTranslation>["t"];

/** Tell a value in words; `missing` is not `absent`. */
export function said(
  found: Found,
  value: string | null | undefined,
  field: TemplateField,
  t: Translate,
): string {
  if (found !== "found") return t(`extraction.found.${found}`);
  if (field.type === "boolean" && (value === "true" || value === "false"))
    return t(`extraction.boolean.${value}`);
  return field.unit ? `${value} ${field.unit}` : (value ?? "");
}

/** Take over what a model says. A value that is denied stays a value: `no` is not nothing. */
export function resolutionOf(answer: FieldAnswer): Omit<Resolution, "number"> {
  const { field, value, start, end } = answer;
  const found = typeof value === "string" ? "found" : answer.found;
  return {
    field,
    found,
    value: found === "found" ? (value ?? null) : null,
    span: typeof start === "number" && typeof end === "number" ? { start, end } : null,
  };
}

/** What a person most likely means by the words that are marked. */
export function valueIn(words: string, { type, choices = [] }: TemplateField): string {
  const text = words.trim();
  if (type === "number") return /[-+]?\d[\d,]*(\.\d+)?/.exec(text)?.[0].replaceAll(",", "") ?? "";
  if (type === "choice")
    return choices.find((choice) => choice.toLowerCase() === text.toLowerCase()) ?? "";
  return type === "text" ? text : "";
}
