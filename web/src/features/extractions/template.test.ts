import { expect, test } from "vitest";

import { newField, templateFrom, textsFrom, typedFrom } from "./template";

const weight = { ...newField(), name: " weight ", type: "number" as const, unit: "kg" };

test("a template needs a name for each field, and each name once", () => {
  expect(templateFrom([])).toBeNull();
  expect(templateFrom([newField()])).toBeNull();
  expect(templateFrom([weight, { ...weight, name: "Weight" }])).toBeNull();
  expect(templateFrom([weight])).toEqual([
    { name: "weight", type: "number", required: false, labels: [], unit: "kg" },
  ]);
});

test("a choice needs choices; what does not belong to a type is not sent", () => {
  const side = { ...newField(), name: "side", type: "choice" as const, unit: "kg" };
  expect(templateFrom([side])).toBeNull();
  const [field] = templateFrom([{ ...side, choices: "left， right," }]) ?? [];
  expect(field).toEqual({
    name: "side",
    type: "choice",
    required: false,
    labels: [],
    choices: ["left", "right"],
  });
});

test("an earlier template can be typed on", () => {
  const template = templateFrom([{ ...weight, labels: "体重, body weight", required: true }]) ?? [];
  expect(templateFrom(typedFrom(template))).toEqual(template);
});

test("texts are what empty lines part", () => {
  expect(textsFrom("one\nstill one\n\n \n two \n")).toEqual(["one\nstill one", "two"]);
  expect(textsFrom(" \n\n")).toEqual([]);
});
