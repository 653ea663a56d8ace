import { Problem } from "@/lib/problem";

import { startFromUpload, startWithFile, type Accepted } from "./api/startTask";
import { forget, keep, keepProgress } from "./kept";
import { MAX_INLINE_BYTES } from "./kinds";
import { patiently, type Patience } from "./patience";
import { sendToBucket } from "./toBucket";
import { changeUpload, fileOf, uploadOf, type Session } from "./uploads";

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
  return patiently(patience(id, signal), () =>
    startWithFile(file, { key: id, signal, onProgress }),
  );
}

async function sendInChunks(id: string, file: File, signal: AbortSignal): Promise<Accepted> {
  const session = await sendToBucket(file, {
    ...patience(id, signal),
    session: uploadOf(id)?.session ?? null,
    onSession: (session) => keepSession(id, file, session),
    onSent: (bytes) => progressed(id, bytes),
  });
  changeUpload(id, { state: "starting" });
  return patiently(patience(id, signal), () =>
    startFromUpload(session.uploadId, { key: id, signal }),
  );
}

async function keepSession(id: string, file: File, session: Session): Promise<void> {
  changeUpload(id, { session, sent: session.offset, attempt: 0, error: null });
  const upload = uploadOf(id);
  if (session.offset > 0) await keepProgress(id, session, "sending");
  else if (upload) await keep({ ...upload, state: "sending" }, file);
}

function patience(id: string, signal: AbortSignal): Patience {
  return { signal, onTrouble: (error, attempt) => changeUpload(id, { error, attempt }) };
}

function progressed(id: string, sent: number): void {
  changeUpload(id, { sent });
}
