import type { TemplateField } from "./api/listExtractions";

export const TYPES = ["text", "number", "date", "boolean", "choice"] as const;

/** A field as it is typed; lists are separated by commas. */
export interface Typed {
  /** Of the form alone. */
  key: string;
  name: string;
  type: (typeof TYPES)[number];
  description: string;
  labels: string;
  unit: string;
  choices: string;
  required: boolean;
}

export function newField(): Typed {
  return {
    key: crypto.randomUUID(),
    name: "",
    type: "text",
    description: "",
    labels: "",
    unit: "",
    choices: "",
    required: false,
  };
}

/** Return the fields as the API takes them; null while one of them lacks something. */
export function templateFrom(typed: readonly Typed[]): TemplateField[] | null {
  const fields = typed.map(fieldFrom);
  const names = new Set(fields.map(({ name }) => name.toLowerCase()));
  const complete = fields.every(
    ({ name, type, choices = [] }) => name !== "" && (type !== "choice" || choices.length > 0),
  );
  return complete && fields.length > 0 && names.size === fields.length ? fields : null;
}

/** Return fields as they can be typed on, such as those of an earlier template. */
export function typedFrom(template: readonly TemplateField[]): Typed[] {
  return template.map((field) => ({
    ...newField(),
    name: field.name,
    type: field.type,
    description: field.description ?? "",
    labels: (field.labels ?? []).join(", "),
    unit: field.unit ?? "",
    choices: (field.choices ?? []).join(", "),
    required: field.required ?? false,
  }));
}

/** Texts as they are pasted: an empty line is between two of them. */
export function textsFrom(pasted: string): string[] {
  return pasted
    .split(/\n\s*\n/)
    .map((text) => text.trim())
    .filter(Boolean);
}

function fieldFrom({ name, type, description, labels, unit, choices, required }: Typed) {
  const field: TemplateField = { name: name.trim(), type, required, labels: listed(labels) };
  if (description.trim()) field.description = description.trim();
  if (type === "number" && unit.trim()) field.unit = unit.trim();
  if (type === "choice") field.choices = listed(choices);
  return field;
}

function listed(text: string): string[] {
  return text
    .split(/[,，]/)
    .map((each) => each.trim())
    .filter(Boolean);
}
