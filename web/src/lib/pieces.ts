import { codePoints } from "./codePoints";

/** Characters of a text, from `start` up to `end` as the API counts them, and what they are for. */
export interface Mark {
  start: number;
  end: number;
  key: string;
}

export interface Piece {
  text: string;
  /** The keys of all marks that it lies in. */
  keys: readonly string[];
}

/** Cut a text where marks begin and end; marks may overlap. */
export function piecesOf(text: string, marks: readonly Mark[]): Piece[] {
  const { toIndex } = codePoints(text);
  const placed = marks
    .map(({ start, end, key }) => ({ start: toIndex(start), end: toIndex(end), key }))
    .filter(({ start, end }) => start < end && end <= text.length);
  const cuts = new Set([0, text.length, ...placed.flatMap(({ start, end }) => [start, end])]);
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((from, index) => {
    const to = places[index + 1] ?? text.length;
    return {
      text: text.slice(from, to),
      keys: placed.filter(({ start, end }) => start <= from && to <= end).map(({ key }) => key),
    };
  });
}
