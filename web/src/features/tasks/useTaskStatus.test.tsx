import { focusManager, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { newQueryClient } from "@/lib/queryClient";
import { ok, problem, statusWith, taskServer } from "@/test/taskServer";

import { LAST_POLL_MS, FIRST_POLL_MS, useTaskStatus } from "./useTaskStatus";

const { server, asked, answers } = taskServer();
const TASK = { recordId: "r", jobId: 1 };

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());
beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 1 });
  asked.length = 0;
  answers(() => ok(statusWith()));
});
afterEach(() => {
  cleanup();
  focusManager.setFocused(undefined);
  vi.useRealTimers();
});

function followed(task = TASK) {
  const client = newQueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  return { ...renderHook(() => useTaskStatus(task), { wrapper }), wrapper };
}

/** Let answers arrive, without time passing that a poll would notice. */
async function settle() {
  await vi.waitFor(async () => {
    await act(() => vi.advanceTimersByTimeAsync(1));
    expect(inFlight()).toBe(0);
  });
}

let open = 0;
const inFlight = () => open;
server.events.on("request:start", () => (open += 1));
server.events.on("response:mocked", () => (open -= 1));

async function after(milliseconds: number) {
  await act(() => vi.advanceTimersByTimeAsync(milliseconds));
  await settle();
}

test("it asks for the job that it is given, and tells its status", async () => {
  const { result } = followed();
  await after(50);
  expect(asked).toHaveLength(1);
  expect(new URL(asked[0] ?? "").searchParams.get("jobId")).toBe("1");
  expect(result.current.data?.progress).toBe(10);
});

test("it polls each 2 s while something changes", async () => {
  let done = 0;
  answers(() => ok(statusWith({ rowsDone: (done += 1) })));
  followed();
  await after(50);
  for (const polls of [2, 3, 4]) {
    await after(FIRST_POLL_MS);
    expect(asked).toHaveLength(polls);
  }
});

test("it backs off to 10 s while nothing changes, and comes back when something does", async () => {
  followed();
  await after(50);
  await after(60_000);
  const calm = asked.length;
  expect(calm).toBeLessThan(12);
  await after(LAST_POLL_MS - 1_000);
  await after(1_000);
  expect(asked).toHaveLength(calm + 1);

  let done = 10;
  answers(() => ok(statusWith({ rowsDone: (done += 1) })));
  await after(LAST_POLL_MS);
  const woken = asked.length;
  await after(FIRST_POLL_MS + 100);
  expect(asked).toHaveLength(woken + 1);
});

test.each(["ready", "error", "cancelled"] as const)(
  "it ends when the task is %s",
  async (status) => {
    answers(() => ok(statusWith({ status })));
    const { result } = followed();
    await after(50);
    await after(60_000);
    expect(asked).toHaveLength(1);
    expect(result.current.data?.status).toBe(status);
  },
);

test("it ends with the component that asks", async () => {
  const { unmount } = followed();
  await after(50);
  unmount();
  await after(60_000);
  expect(asked).toHaveLength(1);
});

test("many components that follow a task are one poll", async () => {
  const { wrapper } = followed();
  for (let each = 0; each < 5; each += 1) renderHook(() => useTaskStatus(TASK), { wrapper });
  await after(50);
  expect(asked).toHaveLength(1);
  await after(FIRST_POLL_MS);
  expect(asked).toHaveLength(2);
});

test("it rests while the tab is hidden, and asks at once when it is back", async () => {
  followed();
  await after(50);
  act(() => focusManager.setFocused(false));
  await after(60_000);
  expect(asked).toHaveLength(1);
  act(() => focusManager.setFocused(true));
  await after(50);
  expect(asked).toHaveLength(2);
});

test("a record that is gone is asked for once, and told in the API's sentence", async () => {
  answers(() => problem(404, "There is no such record."));
  const { result } = followed();
  await after(50);
  await after(60_000);
  expect(asked).toHaveLength(1);
  expect(result.current.error?.message).toBe("There is no such record.");
});

test("it goes on after the API was out of reach", async () => {
  answers(() => problem(503, "Try again in a moment."));
  const { result } = followed();
  await after(20_000);
  expect(result.current.error).not.toBeNull();
  answers(() => ok(statusWith({ status: "ready" })));
  await after(LAST_POLL_MS);
  expect(result.current.data?.status).toBe("ready");
});
