import { expect, test } from "vitest";

import { criteriaOf } from "./criteria";
import { criteriaFrom, NOTHING, refused } from "./form";

test("something must be looked for", () => {
  expect(criteriaFrom(NOTHING)).toBeNull();
  expect(criteriaFrom({ ...NOTHING, exclude: "animal study", population: "  " })).toBeNull();
  expect(criteriaFrom({ ...NOTHING, include: "in English" })).not.toBeNull();
});

test("statements are lines, and what is left out is not sent", () => {
  const written = { ...NOTHING, population: " adults ", exclude: "animal study\n\n in vitro " };
  expect(criteriaFrom(written)).toEqual({
    population: "adults",
    include: [],
    exclude: ["animal study", "in vitro"],
  });
});

test("criteria are named as verdicts name them", () => {
  const criteria = criteriaFrom({
    ...NOTHING,
    studyDesign: "trial",
    outcome: "pain",
    include: "a\nb",
    exclude: "c",
  });
  const ids = criteria ? criteriaOf(criteria).map(({ id }) => id) : [];
  expect(ids).toEqual(["outcome", "study_design", "include-1", "include-2", "exclude-1"]);
});

test("what is no file of references is told before anything is sent", () => {
  expect(refused(new File(["x"], "found.RIS"))).toBeNull();
  expect(refused(new File(["x"], "found.pdf"))).toBe("wrongKind");
  expect(refused({ name: "found.ris", size: 31 * 1024 * 1024 } as File)).toBeNull();
  expect(refused({ name: "found.ris", size: 513 * 1024 * 1024 } as File)).toBe("tooLarge");
});
