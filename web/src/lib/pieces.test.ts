import { expect, test } from "vitest";

import { codePoints } from "./codePoints";
import { piecesOf } from "./pieces";

test("a text without marks is one piece", () => {
  expect(piecesOf("plain", [])).toEqual([{ text: "plain", keys: [] }]);
});

test("overlapping marks share what they have in common", () => {
  const pieces = piecesOf("abcdef", [
    { start: 1, end: 4, key: "A" },
    { start: 2, end: 6, key: "B" },
  ]);
  expect(pieces).toEqual([
    { text: "a", keys: [] },
    { text: "b", keys: ["A"] },
    { text: "cd", keys: ["A", "B"] },
    { text: "ef", keys: ["B"] },
  ]);
});

test("places are counted in characters, as the API does", () => {
  const text = "😀𠮷体重68公斤";
  expect(piecesOf(text, [{ start: 4, end: 8, key: "weight" }])[1]).toEqual({
    text: "68公斤",
    keys: ["weight"],
  });
  const { fromIndex, toIndex } = codePoints(text);
  expect(fromIndex(text.indexOf("68"))).toBe(4);
  expect(toIndex(4)).toBe(text.indexOf("68"));
  expect(fromIndex(text.length)).toBe(8);
});

test("a mark beyond the text marks nothing", () => {
  expect(piecesOf("ab", [{ start: 5, end: 9, key: "A" }])).toEqual([{ text: "ab", keys: [] }]);
});
