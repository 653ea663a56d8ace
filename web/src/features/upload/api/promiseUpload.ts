import { api, dataOf } from "@/lib/api";

import type { Session } from "../uploads";

/** Ask for a session in which a large file goes straight to the bucket. */
export async function promiseUpload(file: File, signal: AbortSignal): Promise<Session> {
  const { uploadId, uploadUrl, chunkSize, expiresAt } = await dataOf(
    api.POST("/api/v1/uploads", {
      body: {
        fileName: file.name,
        size: file.size,
        contentType: file.type || "application/octet-stream",
      },
      signal,
    }),
  );
  return { uploadId, uploadUrl, chunkSize, expiresAt, offset: 0 };
}
