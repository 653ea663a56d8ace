/** A refusal or a failure, with the sentence that the API gave for it. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    sentence: string,
    readonly title = "",
  ) {
    super(sentence);
    this.name = "Problem";
  }

  /** Whether asking again may help: the caller is not at fault, or came too early. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Read a problem+json body; whatever else came is told by its status. */
export function problemOf(status: number, body: unknown): Problem {
  if (typeof body === "object" && body !== null && "detail" in body) {
    const title = "title" in body ? String(body.title) : "";
    return new Problem(status, String(body.detail), title);
  }
  return new Problem(status, `HTTP ${status}`);
}
