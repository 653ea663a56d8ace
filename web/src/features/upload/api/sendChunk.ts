import type { Session } from "../uploads";
import { send } from "./request";

/**
 * Send the next chunk of a file and return where the one after it begins.
 *
 * A chunk that was cut off is sent again from its start: the bucket ignores what it has already.
 */
export async function sendChunk(
  file: File,
  session: Session,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): Promise<number> {
  const { offset, chunkSize, uploadUrl } = session;
  const end = Math.min(offset + chunkSize, file.size);
  const answer = await send({
    method: "PUT",
    url: uploadUrl,
    body: file.slice(offset, end),
    headers: { "Content-Range": `bytes ${offset}-${end - 1}/${file.size}` },
    signal,
    onProgress,
  });
  if (answer.status !== 308) return file.size;
  // It may have kept less than was sent, and says how much where it may be read.
  const last = /bytes=0-(\d+)/.exec(answer.range ?? "")?.[1];
  return last === undefined ? end : Math.min(Number(last) + 1, file.size);
}
