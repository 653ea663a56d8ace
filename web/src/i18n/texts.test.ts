import { expect, test } from "vitest";

import en from "./en.json";
import zh from "./zh-CN.json";

/** Every key but its plural form, of which Chinese has one. */
function keysOf(texts: object, path = ""): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === "object"
      ? keysOf(value as object, `${path}${key}.`)
      : [`${path}${key.replace(/_one$/, "_other")}`],
  );
}

test("both languages have the same texts", () => {
  expect([...new Set(keysOf(zh))].sort()).toEqual([...new Set(keysOf(en))].sort());
});

test("both say the same things with the same values in them", () => {
  const holes = (text: string) => [...text.matchAll(/{{\w+}}/g)].map(([hole]) => hole).sort();
  const look = (path: string, texts: object) =>
    path.split(".").reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], texts);
  for (const key of keysOf(zh)) {
    expect(holes(String(look(key, zh))), key).toEqual(holes(String(look(key, en))));
  }
});
