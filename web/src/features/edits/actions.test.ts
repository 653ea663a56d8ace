import { expect, test } from "vitest";

import type { Column } from "@/features/sheet/api/getPreview";

import { ACTION_NAMES, actionOf, formOf } from "./actions";
import { initialValues, isComplete } from "./fields";

const column = (name: string, type: Column["type"]): Column => ({ name, type, blanks: 0 });
const COLUMNS = [column("age", "integer"), column("name", "text")];

test("a constant is sent as a value of the column's type", () => {
  const typed = { columns: ["age"], method: "constant", value: "42", odd: false };
  expect(actionOf("fill", typed, COLUMNS)).toEqual({
    action: "fill",
    columns: ["age"],
    method: "constant",
    value: 42,
    odd: false,
  });
  expect(actionOf("fill", { ...typed, columns: ["name"] }, COLUMNS)).toMatchObject({ value: "42" });
});

test("what an action does not take is not sent", () => {
  const typed = { columns: ["age"], method: "mean", value: "", odd: true };
  expect(actionOf("fill", typed, COLUMNS)).toEqual({
    action: "fill",
    columns: ["age"],
    method: "mean",
    odd: true,
  });
});

test("names are renamed by a map, conditions keep their own types", () => {
  const columns = [{ from: "age", to: "years" }];
  expect(actionOf("rename", { columns }, COLUMNS)).toEqual({
    action: "rename",
    columns: { age: "years" },
  });
  const conditions = [
    { column: "age", is: "in", value: "1,2" },
    { column: "name", is: "is blank", value: "" },
  ];
  expect(actionOf("filter", { conditions, match: "all", keep: true }, COLUMNS)).toEqual({
    action: "filter",
    match: "all",
    keep: true,
    conditions: [
      { column: "age", is: "in", value: [1, 2] },
      { column: "name", is: "is blank" },
    ],
  });
});

test.each(ACTION_NAMES.filter((name) => !["trim", "deduplicate"].includes(name)))(
  "%s cannot be sent before its form is filled in",
  (name) => {
    const { fields } = formOf(name);
    expect(isComplete(fields, initialValues(fields))).toBe(false);
  },
);
