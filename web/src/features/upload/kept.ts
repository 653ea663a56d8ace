import { createStore, del, entries, set, update } from "idb-keyval";

import type { Session, Upload } from "./uploads";

/** What survives a reload: where the upload stands and, if there is room for it, the file. */
export interface Kept {
  upload: Upload;
  file: File | null;
}

const store = () => createStore("sluice-uploads", "uploads");

/** Keep an upload to the bucket; without its file where the browser has no room for that. */
export async function keep(upload: Upload, file: File): Promise<void> {
  try {
    await set(upload.id, { upload, file } satisfies Kept, store());
  } catch {
    await set(upload.id, { upload, file: null } satisfies Kept, store()).catch(() => undefined);
  }
}

/** Keep how far an upload has come, and whether somebody paused it. */
export async function keepProgress(
  id: string,
  session: Session,
  state: Upload["state"],
): Promise<void> {
  await update<Kept>(
    id,
    (before) => {
      if (!before) throw new Error("not kept");
      return { ...before, upload: { ...before.upload, session, state } };
    },
    store(),
  ).catch(() => undefined);
}

export async function forget(id: string): Promise<void> {
  await del(id, store()).catch(() => undefined);
}

export async function allKept(): Promise<Kept[]> {
  const found = await entries<string, Kept>(store()).catch(() => []);
  return found.map(([, kept]) => kept);
}
