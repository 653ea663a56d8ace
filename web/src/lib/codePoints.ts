const SURROGATE = /[\ud800-\udfff]/;

/**
 * Characters as the API counts them.
 *
 * It counts code points; a string here counts some characters, such as emoji and rare Chinese ones,
 * as two.
 */
export function codePoints(text: string) {
  if (!SURROGATE.test(text)) return { toIndex: same, fromIndex: same };
  const starts: number[] = [];
  let index = 0;
  for (const character of text) {
    starts.push(index);
    index += character.length;
  }
  starts.push(index);
  return {
    /** Where in the string a character begins. */
    toIndex: (point: number) => starts[point] ?? text.length,
    /** How many characters are before a place in the string. */
    fromIndex: (place: number) => {
      const found = starts.findIndex((start) => start >= place);
      return found < 0 ? starts.length - 1 : found;
    },
  };
}

function same(place: number): number {
  return place;
}
