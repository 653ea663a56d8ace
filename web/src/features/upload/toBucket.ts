import { Problem } from "@/lib/problem";

import { promiseUpload } from "./api/promiseUpload";
import { sendChunk } from "./api/sendChunk";
import { patiently, type Patience } from "./patience";
import type { Session } from "./uploads";

const GONE = new Set([404, 410]);

interface Way extends Patience {
  /** Where an earlier attempt has stopped; null to begin. */
  session: Session | null;
  /** Told of a new session, and of how far it has come. */
  onSession: (session: Session) => void | Promise<void>;
  /** Told how many bytes of the file have gone. */
  onSent: (bytes: number) => void;
}

/** Send a file to the bucket in chunks, and return its session when all of it is there. */
export async function sendToBucket(file: File, way: Way): Promise<Session> {
  const { signal } = way;
  let session = await patiently(way, () => sessionFor(file, way));
  while (session.offset < file.size) {
    const { offset } = session;
    const next = await patiently(way, () =>
      sendChunk(file, session, signal, (bytes) => way.onSent(Math.min(offset + bytes, file.size))),
    ).catch((error: unknown) => {
      // The answer to the last chunk was lost: the task's start tells whether all is there.
      if (error instanceof Problem && GONE.has(error.status)) return file.size;
      throw error;
    });
    session = { ...session, offset: next };
    await way.onSession(session);
  }
  return session;
}

async function sessionFor(file: File, { session: kept, signal, onSession }: Way): Promise<Session> {
  if (kept && new Date(kept.expiresAt) > new Date()) return kept;
  const session = await promiseUpload(file, signal);
  await onSession(session);
  return session;
}
