import type { Criteria } from "./api/startScreening";

export const PICOS = [
  "population",
  "intervention",
  "comparison",
  "outcome",
  "studyDesign",
] as const;

export interface Criterion {
  /** As verdicts name it. */
  id: string;
  kind: "include" | "exclude";
  /** Which part of PICOS it is; null for a statement. */
  part: (typeof PICOS)[number] | null;
  text: string;
}

/** Verdicts name this part as the database does. */
const IDS = { studyDesign: "study_design" } as const;

/** Return the criteria one by one, named as verdicts name them. */
export function criteriaOf(criteria: Criteria): Criterion[] {
  return [
    ...PICOS.flatMap((part): Criterion[] => {
      const text = criteria[part];
      const id = part === "studyDesign" ? IDS[part] : part;
      return text ? [{ id, kind: "include", part, text }] : [];
    }),
    ...numbered("include", criteria.include ?? []),
    ...numbered("exclude", criteria.exclude ?? []),
  ];
}

/** Say in a line what is looked for. */
export function inShort(criteria: Criteria): string {
  return criteriaOf(criteria)
    .filter(({ kind }) => kind === "include")
    .map(({ text }) => text)
    .join(" · ");
}

function numbered(kind: Criterion["kind"], texts: readonly string[]): Criterion[] {
  return texts.map((text, index) => ({ id: `${kind}-${index + 1}`, kind, part: null, text }));
}
