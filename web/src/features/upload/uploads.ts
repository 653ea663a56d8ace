/** A file on its way, as the page shows it and as it is kept over a reload. */
export interface Upload {
  id: string;
  name: string;
  size: number;
  /** `asked` needs the file again; `starting` is sent and about to become a task. */
  state: "chosen" | "sending" | "paused" | "asked" | "starting" | "started" | "failed";
  /** Bytes that have arrived for certain, and of those on their way. */
  sent: number;
  /** Why it failed or, while it sends, why it is trying again. */
  error: Error | null;
  /** Attempts in a row that brought nothing on. */
  attempt: number;
  session: Session | null;
  recordId: string | null;
  jobId: number | null;
}

/** A resumable upload to the bucket; `offset` is where the next chunk begins. */
export interface Session {
  uploadId: string;
  uploadUrl: string;
  chunkSize: number;
  expiresAt: string;
  offset: number;
}

const items = new Map<string, Upload>();
const files = new Map<string, File>();
const listeners = new Set<() => void>();
let snapshot: readonly Upload[] = [];

export function allUploads(): readonly Upload[] {
  return snapshot;
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function addUpload(upload: Upload, file: File | null): void {
  if (file) files.set(upload.id, file);
  items.set(upload.id, upload);
  announce();
}

export function uploadOf(id: string): Upload | undefined {
  return items.get(id);
}

export function fileOf(id: string): File | undefined {
  return files.get(id);
}

export function giveFile(id: string, file: File): void {
  files.set(id, file);
}

export function changeUpload(id: string, change: Partial<Upload>): void {
  const before = items.get(id);
  if (!before) return;
  items.set(id, { ...before, ...change });
  announce();
}

export function removeUpload(id: string): void {
  items.delete(id);
  files.delete(id);
  announce();
}

function announce(): void {
  snapshot = [...items.values()];
  listeners.forEach((listener) => listener());
}
