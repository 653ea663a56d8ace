import createClient from "openapi-fetch";

import { Problem, problemOf } from "./problem";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];

/** Sends the requests that `openapi.json` describes; give it to `dataOf`. */
export const api = createClient<paths>({
  baseUrl: globalThis.location.origin,
  // Looked up at each call, so that tests can stand in for the network.
  fetch: (request) => globalThis.fetch(request),
  querySerializer: { array: { style: "form", explode: true } },
});

interface Answer<Body extends { data: unknown }> {
  data?: Body | undefined;
  error?: unknown;
  response: Response;
}

/** Return an answer's data; throws a Problem, with status 0 when nothing answered. */
export async function dataOf<Body extends { success: true; data: unknown }>(
  request: Promise<Answer<Body>>,
): Promise<Body["data"]> {
  const { data, error, response } = await request.catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new Problem(0, "network");
  });
  if (data === undefined) throw problemOf(response.status, error);
  return data.data;
}
