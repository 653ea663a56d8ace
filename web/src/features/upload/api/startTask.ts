import { api, dataOf, type Schemas } from "@/lib/api";

import { send } from "./request";

export type Accepted = Schemas["Accepted"];

const TASKS = "/api/v1/sheets/tasks";

interface Options {
  /** Makes a repetition harmless. */
  key: string;
  signal: AbortSignal;
}

/** Send a file in one request and start its task. */
export async function startWithFile(
  file: File,
  { key, signal, onProgress }: Options & { onProgress: (bytes: number) => void },
): Promise<Accepted> {
  const body = new FormData();
  body.append("file", file, file.name);
  const headers = { "Idempotency-Key": key };
  const answer = await send({ method: "POST", url: TASKS, body, headers, signal, onProgress });
  return (answer.body as { data: Accepted }).data;
}

/** Start a task from a file that is in the bucket already. */
export function startFromUpload(uploadId: string, { key, signal }: Options): Promise<Accepted> {
  return dataOf(
    api.POST(TASKS, {
      params: { header: { "Idempotency-Key": key } },
      body: { uploadId },
      headers: { "Content-Type": "application/json" },
      signal,
    }),
  );
}
