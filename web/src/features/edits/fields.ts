import type { Column } from "@/features/sheet/api/getPreview";

export type Type = Column["type"];
export type Values = Readonly<Record<string, unknown>>;

interface Common {
  name: string;
  optional?: boolean;
  /** Under which key its words are, where the name alone does not say enough. */
  words?: string;
  /** Asked for only while this holds. */
  when?: (values: Values) => boolean;
}

interface OfColumns extends Common {
  kind: "column" | "columns";
  types?: readonly Type[];
  /** Of the record that is joined, instead of this one. */
  other?: boolean;
}

interface OfText extends Common {
  kind: "text" | "long" | "number" | "names";
  initial?: string;
}

interface OfChoice extends Common {
  kind: "choice";
  choices: readonly string[];
}

interface OfCheck extends Common {
  kind: "check";
  initial?: boolean;
}

interface OfList extends Common {
  kind: "list";
  items: readonly Field[];
}

interface OfRecord extends Common {
  kind: "record";
}

/** What a form asks for. */
export type Field = OfColumns | OfText | OfChoice | OfCheck | OfList | OfRecord;

export const NUMBERS: readonly Type[] = ["integer", "decimal"];
export const ORDERED: readonly Type[] = [...NUMBERS, "date", "datetime", "time", "duration"];
export const TEXTS: readonly Type[] = ["text", "category"];

/** What fields hold before anybody has typed. */
export function initialValues(fields: readonly Field[]): Values {
  return Object.fromEntries(fields.map((field) => [field.name, initialOf(field)]));
}

function initialOf(field: Field): unknown {
  switch (field.kind) {
    case "columns":
      return [];
    case "list":
      return [initialValues(field.items)];
    case "choice":
      return field.choices[0];
    case "check":
      return field.initial ?? false;
    case "column":
    case "record":
      return "";
    default:
      return field.initial ?? "";
  }
}

/** Whether all that must be said is said. */
export function isComplete(fields: readonly Field[], values: Values): boolean {
  return fields.every((field) => {
    if (field.optional || (field.when && !field.when(values))) return true;
    const value = values[field.name];
    if (field.kind === "list")
      return (
        (value as Values[]).length > 0 &&
        (value as Values[]).every((item) => isComplete(field.items, item))
      );
    if (field.kind === "check") return true;
    return Array.isArray(value) ? value.length > 0 : value !== "";
  });
}
