import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";

import type { TaskStatus } from "@/features/tasks/api/getStatus";

/** A status as the API answers it. */
export function statusWith(change: Partial<TaskStatus> = {}): TaskStatus {
  return {
    recordId: "r",
    jobId: 1,
    status: "processing",
    state: "running",
    progress: 10,
    phase: "reading",
    rowsDone: 10,
    rowsTotal: 100,
    etaSeconds: 9,
    attempt: 1,
    queuePosition: null,
    error: null,
    record: {
      recordId: "r",
      fileName: "a.xlsx",
      fileSize: 1,
      fileSha256: null,
      version: 1,
      totalRows: null,
      totalCols: null,
      columns: null,
      source: null,
      cleanDataKey: null,
      createdAt: "2026-11-24T00:00:00Z",
      expiresAt: "2026-12-24T00:00:00Z",
    },
    ...change,
  };
}

/** A server whose next answers a test gives; `asked` holds the address of each request. */
export function taskServer() {
  const asked: string[] = [];
  let answer: () => Response = () => ok(statusWith());
  const server = setupServer(
    http.get("*/api/v1/sheets/tasks/:id/status", ({ request }) => {
      asked.push(request.url);
      return answer();
    }),
  );
  return {
    server,
    asked,
    answers: (next: () => Response) => {
      answer = next;
    },
  };
}

export function ok(status: TaskStatus): Response {
  return HttpResponse.json({ success: true, data: status });
}

export function problem(status: number, detail: string): Response {
  return HttpResponse.json(
    { type: "about:blank", title: "", status, detail, success: false, error: detail },
    { status },
  );
}
