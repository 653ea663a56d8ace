import { Problem } from "@/lib/problem";

import { promiseUpload } from "./api/promiseUpload";
import { sendChunk } from "./api/sendChunk";
import { startFromUpload, startWithFile, type Accepted } from "./api/startTask";
import { forget, keep, keepProgress } from "./kept";
import { MAX_INLINE_BYTES, worthRepeating } from "./kinds";
import { changeUpload, fileOf, uploadOf, type Session } from "./uploads";

const MAX_ATTEMPTS = 8;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const GONE = new Set([404, 410]);

/** Send an upload to its end; it can be stopped at any point and begun again where it was. */
export async function transfer(id: string, signal: AbortSignal): Promise<void> {
  const file = fileOf(id);
  if (!file) return changeUpload(id, { state: "asked" });
  changeUpload(id, { state: "sending", error: null, attempt: 0 });
  try {
    const task =
      file.size <= MAX_INLINE_BYTES
        ? await sendWhole(id, file, signal)
        : await sendInChunks(id, file, signal);
    const { recordId, jobId } = task;
    changeUpload(id, { state: "started", sent: file.size, recordId, jobId, error: null });
    await forget(id);
  } catch (error) {
    if (signal.aborted) return;
    changeUpload(id, { state: "failed", error: error as Error });
    if (error instanceof Problem && !error.passing) await forget(id);
  }
}

function sendWhole(id: string, file: File, signal: AbortSignal): Promise<Accepted> {
  const onProgress = (bytes: number) => progressed(id, Math.min(bytes, file.size));
  return patiently(id, signal, () => startWithFile(file, { key: id, signal, onProgress }));
}

async function sendInChunks(id: string, file: File, signal: AbortSignal): Promise<Accepted> {
  let session = await patiently(id, signal, () => sessionOf(id, file, signal));
  while (session.offset < file.size) {
    const { offset } = session;
    const next = await patiently(id, signal, () =>
      sendChunk(file, session, signal, (bytes) =>
        progressed(id, Math.min(offset + bytes, file.size)),
      ),
    ).catch((error: unknown) => {
      // The answer to the last chunk was lost: the task's start tells whether all is there.
      if (error instanceof Problem && GONE.has(error.status)) return file.size;
      throw error;
    });
    session = { ...session, offset: next };
    changeUpload(id, { session, sent: next, attempt: 0, error: null });
    await keepProgress(id, session, "sending");
  }
  changeUpload(id, { state: "starting" });
  return patiently(id, signal, () => startFromUpload(session.uploadId, { key: id, signal }));
}

async function sessionOf(id: string, file: File, signal: AbortSignal): Promise<Session> {
  const upload = uploadOf(id);
  const kept = upload?.session;
  if (kept && new Date(kept.expiresAt) > new Date()) return kept;
  const session = await promiseUpload(file, signal);
  changeUpload(id, { session, sent: 0 });
  if (upload) await keep({ ...upload, session, sent: 0, state: "sending" }, file);
  return session;
}

/** Repeat what may work later, each time after a longer wait; while offline, wait for the network. */
async function patiently<T>(
  id: string,
  signal: AbortSignal,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted || !worthRepeating(error) || failures >= MAX_ATTEMPTS) throw error;
      changeUpload(id, { error: error as Error, attempt: failures });
      await (navigator.onLine ? pause(failures, signal) : online(signal));
    }
  }
}

function pause(failures: number, signal: AbortSignal): Promise<void> {
  const longest = Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS);
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, longest * (0.5 + Math.random() / 2));
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}

function online(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    addEventListener("online", () => resolve(), { once: true, signal });
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function progressed(id: string, sent: number): void {
  changeUpload(id, { sent });
}
