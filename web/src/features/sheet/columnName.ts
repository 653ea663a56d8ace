const JOINT = " / ";

/** A header of several rows in its two parts: what it belongs to, and what it is. */
export function nameParts(name: string): { group: string; own: string } {
  const cut = name.lastIndexOf(JOINT);
  return cut < 0
    ? { group: "", own: name }
    : { group: name.slice(0, cut), own: name.slice(cut + JOINT.length) };
}

/** About how wide a text is, in characters of Latin script: a Chinese one takes the room of two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += character.charCodeAt(0) > 0x2e7f ? 1.8 : 1;
  return width;
}
