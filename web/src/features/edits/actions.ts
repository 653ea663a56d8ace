import type { Column } from "@/features/sheet/api/getPreview";

import { NUMBERS, ORDERED, TEXTS, type Field, type Values } from "./fields";

const FIGURES = [
  "count",
  "distinct",
  "first",
  "last",
  "min",
  "max",
  "sum",
  "mean",
  "median",
  "sd",
  "mode",
  "text",
] as const;
const COMPARISONS = [
  "=",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "in",
  "contains",
  "starts with",
  "ends with",
  "is blank",
  "is not blank",
  "is odd",
] as const;
const TYPES = [
  "integer",
  "decimal",
  "boolean",
  "date",
  "datetime",
  "time",
  "duration",
  "category",
  "text",
] as const;

interface ActionForm {
  group: "columns" | "cells" | "rows" | "shape";
  fields: readonly Field[];
  /** Turn what was typed into what the API takes; by default it is taken as it is. */
  build?: (values: Values, columns: readonly Column[]) => object;
}

const columns: Field = { kind: "columns", name: "columns" };
const anyColumns: Field = { ...columns, optional: true };
const into: Field = { kind: "text", name: "into" };
const takesValue = ({ is }: Values) => !String(is).startsWith("is ");

/** The forms of all actions, by the action's name. */
export const ACTIONS = {
  rename: {
    group: "columns",
    fields: [
      {
        kind: "list",
        name: "columns",
        items: [
          { kind: "column", name: "from" },
          { kind: "text", name: "to" },
        ],
      },
    ],
    build: ({ columns }) => ({
      columns: Object.fromEntries((columns as Values[]).map(({ from, to }) => [from, to])),
    }),
  },
  drop: { group: "columns", fields: [columns] },
  reorder: { group: "columns", fields: [columns] },
  change_type: {
    group: "columns",
    fields: [
      columns,
      { kind: "choice", name: "type", choices: TYPES },
      { kind: "choice", name: "unfit", choices: ["keep", "blank"] },
    ],
  },
  compute: {
    group: "columns",
    fields: [
      { kind: "text", name: "column", words: "newColumn" },
      { kind: "long", name: "expression" },
    ],
  },
  split: {
    group: "columns",
    fields: [
      { kind: "column", name: "column", types: TEXTS },
      { kind: "text", name: "separator" },
      { kind: "names", name: "into", words: "intoNames" },
      { kind: "check", name: "keep", initial: true, words: "keepColumn" },
    ],
  },
  join_text: {
    group: "columns",
    fields: [columns, into, { kind: "text", name: "separator", initial: " ", optional: true }],
  },
  bin: {
    group: "columns",
    fields: [
      { kind: "column", name: "column", types: ORDERED },
      into,
      { kind: "choice", name: "by", choices: ["width", "quantile", "edges"], words: "binBy" },
      {
        kind: "number",
        name: "count",
        words: "classes",
        initial: "5",
        when: ({ by }) => by !== "edges",
      },
      { kind: "names", name: "edges", when: ({ by }) => by === "edges" },
      { kind: "names", name: "labels", optional: true },
    ],
    build: ({ by, count, edges, column, ...rest }, columns) =>
      by === "edges"
        ? { ...rest, column, edges: (edges as string[]).map(constantFor(columns, column)) }
        : { ...rest, column, by, count: Number(count) },
  },
  fill: {
    group: "cells",
    fields: [
      columns,
      {
        kind: "choice",
        name: "method",
        choices: ["constant", "mean", "median", "mode", "forward", "backward"],
      },
      { kind: "text", name: "value", when: ({ method }) => method === "constant" },
      { kind: "check", name: "odd" },
    ],
    build: ({ value, ...rest }, columns) =>
      rest["method"] === "constant"
        ? { ...rest, value: constantFor(columns, first(rest["columns"]))(value) }
        : rest,
  },
  replace: {
    group: "cells",
    fields: [
      columns,
      {
        kind: "list",
        name: "changes",
        items: [
          { kind: "text", name: "from" },
          { kind: "text", name: "to", optional: true },
        ],
      },
      { kind: "choice", name: "match", choices: ["cell", "part"], words: "replaceMatch" },
    ],
    build: ({ changes, ...rest }, columns) => ({
      ...rest,
      changes: (changes as Values[]).map(({ from, to }) => ({
        from: constantFor(columns, first(rest["columns"]))(from),
        ...(to !== "" && { to: constantFor(columns, first(rest["columns"]))(to) }),
      })),
    }),
  },
  trim: {
    group: "cells",
    fields: [
      { ...anyColumns, types: TEXTS },
      { kind: "check", name: "inside" },
    ],
  },
  filter: {
    group: "rows",
    fields: [
      {
        kind: "list",
        name: "conditions",
        items: [
          { kind: "column", name: "column" },
          { kind: "choice", name: "is", choices: COMPARISONS },
          { kind: "text", name: "value", when: takesValue },
        ],
      },
      { kind: "choice", name: "match", choices: ["all", "any"] },
      { kind: "check", name: "keep", initial: true, words: "keepRows" },
    ],
    build: ({ conditions, ...rest }, columns) => ({
      ...rest,
      conditions: (conditions as Values[]).map((each) => conditionOf(each, columns)),
    }),
  },
  sort: {
    group: "rows",
    fields: [
      {
        kind: "list",
        name: "by",
        words: "sortBy",
        items: [
          { kind: "column", name: "column" },
          { kind: "check", name: "descending" },
        ],
      },
    ],
  },
  deduplicate: {
    group: "rows",
    fields: [anyColumns, { kind: "choice", name: "keep", choices: ["first", "last", "none"] }],
  },
  group: {
    group: "shape",
    fields: [
      { kind: "columns", name: "by" },
      {
        kind: "list",
        name: "aggregates",
        items: [
          { kind: "choice", name: "figure", choices: FIGURES },
          { kind: "column", name: "column", optional: true },
          { kind: "text", name: "into", optional: true },
        ],
      },
    ],
  },
  pivot: {
    group: "shape",
    fields: [
      { kind: "columns", name: "rows" },
      { kind: "column", name: "columns", words: "pivotColumn" },
      { kind: "column", name: "values" },
      {
        kind: "choice",
        name: "figure",
        choices: ["first", ...FIGURES.filter((f) => f !== "first")],
      },
    ],
  },
  unpivot: {
    group: "shape",
    fields: [
      columns,
      { kind: "text", name: "namesInto", initial: "name" },
      { kind: "text", name: "valuesInto", initial: "value" },
      { kind: "check", name: "blanks", initial: true },
    ],
  },
  join: {
    group: "shape",
    fields: [
      { kind: "record", name: "record" },
      {
        kind: "list",
        name: "on",
        items: [
          { kind: "column", name: "left" },
          { kind: "column", name: "right", other: true },
        ],
      },
      { kind: "columns", name: "columns", words: "joinColumns", other: true, optional: true },
      { kind: "choice", name: "unmatched", choices: ["keep", "drop"] },
    ],
  },
} as const satisfies Record<string, ActionForm>;

export type ActionName = keyof typeof ACTIONS;
export const ACTION_NAMES = Object.keys(ACTIONS) as ActionName[];

export function formOf(name: ActionName): ActionForm {
  return ACTIONS[name];
}

/** Write an action as the API takes it; what was left empty is left out. */
export function actionOf(name: ActionName, values: Values, columns: readonly Column[]): object {
  const { build, fields } = formOf(name);
  const asked = Object.fromEntries(
    fields
      .filter(({ when }) => !when || when(values))
      .map((field) => [field.name, values[field.name]]),
  );
  const body = build ? build({ ...values, ...asked }, columns) : asked;
  return { action: name, ...(filled(body) as object) };
}

/** Read a typed constant as the column's type has it. */
function constantFor(columns: readonly Column[], name: unknown): (typed: unknown) => unknown {
  const type = columns.find((column) => column.name === name)?.type ?? "text";
  return (typed) => {
    const text = String(typed).trim();
    if (NUMBERS.includes(type) && text !== "" && Number.isFinite(Number(text))) return Number(text);
    if (type === "boolean" && /^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
    return typed;
  };
}

function conditionOf({ column, is, value }: Values, columns: readonly Column[]): object {
  if (!takesValue({ is })) return { column, is };
  const read = constantFor(columns, column);
  if (is === "in") return { column, is, value: String(value).split(",").map(read) };
  return { column, is, value: read(value) };
}

function first(names: unknown): unknown {
  return (names as unknown[])[0];
}

/** Leave out empty texts and lists, also inside of lists. */
function filled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(filled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== "" && !(Array.isArray(each) && each.length === 0))
      .map(([key, each]) => [key, filled(each)]),
  );
}
