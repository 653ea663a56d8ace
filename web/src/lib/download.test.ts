import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { problem } from "@/test/taskServer";

import { download } from "./download";

const URL_ = "http://localhost/file";
const server = setupServer();
let saved: string[] = [];

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());
afterEach(() => server.resetHandlers());
beforeEach(() => {
  saved = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function click(
    this: HTMLAnchorElement,
  ) {
    saved.push(this.href);
  });
});

test("a file that is there goes to the browser, and only its headers through the page", async () => {
  const asked: string[] = [];
  server.use(
    http.all(URL_, ({ request }) => {
      asked.push(request.method);
      return new HttpResponse();
    }),
  );
  expect(await download(URL_)).toBeNull();
  expect(asked).toEqual(["HEAD"]);
  expect(saved).toEqual([URL_]);
});

test("what is not there yet is named by what makes it", async () => {
  server.use(
    http.all(URL_, () => HttpResponse.json({ success: true, data: { jobId: 7 } }, { status: 202 })),
  );
  expect(await download(URL_)).toEqual({ jobId: 7 });
  expect(saved).toEqual([]);
});

test("a refusal is told in the API's sentence, and nothing is saved", async () => {
  server.use(http.all(URL_, () => problem(422, "Too many columns for a workbook.")));
  await expect(download(URL_)).rejects.toThrow("Too many columns for a workbook.");
  expect(saved).toEqual([]);
});

test("a file that is there by the second question is saved, too", async () => {
  server.use(
    http.head(URL_, () => new HttpResponse(null, { status: 202 })),
    http.get(URL_, () => new HttpResponse("data")),
  );
  expect(await download(URL_)).toBeNull();
  expect(saved).toEqual([URL_]);
});
