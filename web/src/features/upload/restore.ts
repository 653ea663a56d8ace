import { allKept, forget } from "./kept";
import { sendUpload } from "./queue";
import { addUpload } from "./uploads";

/** Go on, after a reload, with the uploads that it has interrupted. */
export async function restoreUploads(): Promise<void> {
  for (const { upload, file } of await allKept()) {
    const { session } = upload;
    if (!session || new Date(session.expiresAt) <= new Date()) {
      await forget(upload.id);
      continue;
    }
    const state = file ? "paused" : "asked";
    addUpload({ ...upload, state, sent: session.offset, error: null, attempt: 0 }, file);
    if (file && upload.state !== "paused") sendUpload(upload.id);
  }
}
