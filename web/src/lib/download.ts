import { Problem, problemOf } from "./problem";

/**
 * Have the browser download a file.
 *
 * Returns null when it does, and what was answered instead when the file is not there yet; throws a
 * Problem. The headers are asked for first: a large file should not go through the page.
 */
export async function download<Later>(url: string): Promise<Later | null> {
  const head = await answerTo(url, "HEAD");
  const answer = head.status === 200 ? head : await answerTo(url, "GET");
  if (answer.status === 200) {
    if (answer !== head) void answer.body?.cancel();
    saveFrom(url);
    return null;
  }
  const body: unknown = await answer.json().catch(() => null);
  if (answer.status !== 202) throw problemOf(answer.status, body);
  return (body as { data: Later }).data;
}

/** As if a link to a file had been clicked. */
export function saveFrom(url: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = "";
  link.click();
}

function answerTo(url: string, method: "HEAD" | "GET"): Promise<Response> {
  return fetch(url, { method }).catch(() => {
    throw new Problem(0, "network");
  });
}
