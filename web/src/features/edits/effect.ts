import type { Column } from "@/features/sheet/api/getPreview";
import type { ColumnProfile } from "@/features/sheet/api/getProfile";
import { filterOf, type Op } from "@/features/sheet/filters";

import type { ActionName } from "./actions";
import type { Values } from "./fields";

/** What an action would do, as far as that can be told before: columns that go and come, cells. */
export interface Effect {
  gone: string[];
  come: string[];
  cells: number | null;
}

export function effectOf(
  name: ActionName,
  values: Values,
  columns: readonly Column[],
  profile: ReadonlyMap<string, ColumnProfile> | undefined,
): Effect {
  const effect: Effect = { gone: [], come: [], cells: null };
  const chosen = names(values["columns"]);
  const known = new Set(columns.map((column) => column.name));
  switch (name) {
    case "drop":
      effect.gone = chosen;
      break;
    case "rename":
      for (const { from, to } of values["columns"] as Values[])
        if (from && to) {
          effect.gone.push(String(from));
          effect.come.push(String(to));
        }
      break;
    case "compute":
      if (!known.has(String(values["column"]))) effect.come = names([values["column"]]);
      break;
    case "split":
      effect.come = names(values["into"]);
      if (!values["keep"]) effect.gone = names([values["column"]]);
      break;
    case "join_text":
    case "bin":
      effect.come = names([values["into"]]);
      break;
    case "unpivot":
      effect.gone = chosen;
      effect.come = names([values["namesInto"], values["valuesInto"]]);
      break;
    case "fill":
      effect.cells = chosen.reduce((sum, each) => sum + fillable(profile?.get(each), values), 0);
      break;
  }
  return effect;
}

/** Write an edit's conditions as the filter of a read, where reads know them; null where not. */
export function asReadFilters({ conditions, match }: Values): string[] | null {
  const ops: Record<string, Op> = {
    "=": "eq",
    "!=": "ne",
    "<": "lt",
    "<=": "le",
    ">": "gt",
    ">=": "ge",
    contains: "contains",
    "starts with": "startswith",
    "is blank": "isblank",
    "is not blank": "notblank",
  };
  const listed = conditions as Values[];
  if (match === "any" && listed.length > 1) return null;
  const filters = listed.map(({ column, is, value }) => {
    const op = ops[String(is)];
    return op && filterOf(String(column), op, String(value ?? ""));
  });
  return filters.every((each) => each !== undefined) ? filters : null;
}

function fillable(profile: ColumnProfile | undefined, { odd }: Values): number {
  return (profile?.blanks ?? 0) + (odd ? (profile?.odd ?? 0) : 0);
}

function names(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(Boolean).map(String) : [];
}
