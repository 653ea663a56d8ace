import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { allKept } from "./kept";
import { MAX_INLINE_BYTES } from "./kinds";
import { cancelUpload, chooseFiles, pauseUpload, sendUpload } from "./queue";
import { allUploads, uploadOf } from "./uploads";

const CHUNK = 16 * 1024 * 1024;
const SIZE = MAX_INLINE_BYTES + 1;
const BUCKET = "http://bucket.test/session";

const ranges: string[] = [];
let refuse = 0;
let hold: Promise<void> | null = null;
const server = setupServer(
  http.post("*/api/v1/uploads", () =>
    HttpResponse.json(
      {
        success: true,
        data: {
          uploadId: "00000000-0000-4000-8000-000000000000",
          uploadUrl: BUCKET,
          chunkSize: CHUNK,
          expiresAt: new Date(Date.now() + 60_000).toISOString(),
        },
      },
      { status: 201 },
    ),
  ),
  http.put(BUCKET, async ({ request }) => {
    const range = request.headers.get("content-range") ?? "";
    ranges.push(range);
    if (range === SECOND) await hold;
    if (refuse > 0) {
      refuse -= 1;
      return new HttpResponse(null, { status: 503 });
    }
    const whole = range.startsWith(`bytes ${CHUNK}-`);
    return new HttpResponse(null, { status: whole ? 200 : 308 });
  }),
  http.post("*/api/v1/sheets/tasks", () =>
    HttpResponse.json(
      { success: true, data: { recordId: "r", jobId: 7, status: "processing", statusUrl: "" } },
      { status: 202 },
    ),
  ),
);

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());
beforeEach(async () => {
  await Promise.all(allUploads().map(({ id }) => cancelUpload(id)));
  ranges.length = 0;
  refuse = 0;
  hold = null;
});

function choose(): string {
  chooseFiles([new File([new Uint8Array(SIZE)], "big.csv", { type: "text/csv" })]);
  return allUploads().at(-1)?.id ?? "";
}

const FIRST = `bytes 0-${CHUNK - 1}/${SIZE}`;
const SECOND = `bytes ${CHUNK}-${SIZE - 1}/${SIZE}`;

test("nothing is sent before somebody says so", () => {
  const id = choose();
  expect(uploadOf(id)?.state).toBe("chosen");
  expect(ranges).toEqual([]);
});

test("a large file goes to the bucket in chunks, then becomes a task, and is kept no longer", async () => {
  const id = choose();
  sendUpload(id);
  await vi.waitFor(() => expect(uploadOf(id)?.state).toBe("started"), { timeout: 5000 });
  expect(ranges).toEqual([FIRST, SECOND]);
  expect(uploadOf(id)).toMatchObject({ recordId: "r", jobId: 7, sent: SIZE });
  await vi.waitFor(async () => expect(await allKept()).toEqual([]));
});

test("a chunk that is refused for a moment is sent again", async () => {
  refuse = 1;
  const id = choose();
  sendUpload(id);
  await vi.waitFor(() => expect(uploadOf(id)?.state).toBe("started"), { timeout: 8000 });
  expect(ranges).toEqual([FIRST, FIRST, SECOND]);
}, 10_000);

test("a paused upload goes on with the chunk that was cut off, and is kept meanwhile", async () => {
  let release = () => {};
  const id = choose();
  hold = new Promise((resolve) => (release = resolve));
  sendUpload(id);
  await vi.waitFor(() => expect(ranges).toEqual([FIRST, SECOND]), { timeout: 5000 });
  pauseUpload(id);
  release();
  expect(uploadOf(id)).toMatchObject({ state: "paused", sent: CHUNK });
  await vi.waitFor(async () => {
    const [kept] = await allKept();
    expect(kept?.upload).toMatchObject({ state: "paused", session: { offset: CHUNK } });
  });
  hold = null;
  sendUpload(id);
  await vi.waitFor(() => expect(uploadOf(id)?.state).toBe("started"), { timeout: 5000 });
  expect(ranges).toEqual([FIRST, SECOND, SECOND]);
}, 10_000);
