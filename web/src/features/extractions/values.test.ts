import { expect, test } from "vitest";

import type { FieldAnswer } from "./api/getTexts";
import { resolutionOf, valueIn } from "./values";

const answer: FieldAnswer = {
  row: 1,
  field: "weight",
  model: "A",
  found: "found",
  value: "72.5",
  start: 4,
  end: 11,
};

test("an answer is taken over with its words", () => {
  expect(resolutionOf(answer)).toEqual({
    field: "weight",
    found: "found",
    value: "72.5",
    span: { start: 4, end: 11 },
  });
});

test("what is missing has no value; what is denied has one", () => {
  const missing = { ...answer, found: "missing" as const, value: null, start: null, end: null };
  expect(resolutionOf(missing)).toMatchObject({ found: "missing", value: null, span: null });
  const denied = { ...answer, found: "absent" as const, value: "false" };
  expect(resolutionOf(denied)).toMatchObject({ found: "found", value: "false" });
});

test("marked words suggest a value", () => {
  const field = { name: "x", type: "number" as const };
  expect(valueIn("about 1,250.5 kg", field)).toBe("1250.5");
  expect(valueIn(" some words ", { ...field, type: "text" })).toBe("some words");
  expect(valueIn("LEFT", { ...field, type: "choice", choices: ["left", "right"] })).toBe("left");
  expect(valueIn("3 March 2024", { ...field, type: "date" })).toBe("");
});
