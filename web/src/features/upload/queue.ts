import { forget, keepProgress } from "./kept";
import { transfer } from "./transfer";
import {
  addUpload,
  allUploads,
  changeUpload,
  giveFile,
  removeUpload,
  uploadOf,
  type Upload,
} from "./uploads";

/** Files that go at the same time; more only share the same line. */
const AT_ONCE = 2;
const running = new Map<string, AbortController>();
const waiting: string[] = [];

/** Take files in; nothing is sent before `sendUpload`. */
export function chooseFiles(files: Iterable<File>): void {
  for (const file of files) addUpload(newUpload(file), file);
}

export function sendUpload(id: string): void {
  if (running.has(id) || waiting.includes(id)) return;
  changeUpload(id, { state: "sending", error: null });
  waiting.push(id);
  startNext();
}

export function pauseUpload(id: string): void {
  stop(id);
  const session = uploadOf(id)?.session;
  changeUpload(id, { state: "paused", sent: session?.offset ?? 0, error: null });
  if (session) void keepProgress(id, session, "paused");
}

/** Give an upload up; it is shown until it is forgotten, or a reload would bring it back. */
export async function cancelUpload(id: string): Promise<void> {
  stop(id);
  await forget(id);
  removeUpload(id);
}

/** Go on with an upload whose file the page no longer had. */
export function resumeWith(id: string, file: File): boolean {
  const upload = uploadOf(id);
  if (upload?.name !== file.name || upload.size !== file.size) return false;
  giveFile(id, file);
  sendUpload(id);
  return true;
}

/** Whether closing the page now would stop something that only this page can finish. */
export function isBusy(): boolean {
  return allUploads().some(({ state }) => state === "sending" || state === "starting");
}

function startNext(): void {
  while (running.size < AT_ONCE) {
    const id = waiting.shift();
    if (id === undefined) return;
    const controller = new AbortController();
    running.set(id, controller);
    void transfer(id, controller.signal).finally(() => {
      if (running.get(id) === controller) running.delete(id);
      startNext();
    });
  }
}

function stop(id: string): void {
  running.get(id)?.abort();
  running.delete(id);
  if (waiting.includes(id)) waiting.splice(waiting.indexOf(id), 1);
}

function newUpload(file: File): Upload {
  return {
    id: crypto.randomUUID(),
    name: file.name,
    size: file.size,
    state: "chosen",
    sent: 0,
    error: null,
    attempt: 0,
    session: null,
    recordId: null,
    jobId: null,
  };
}
