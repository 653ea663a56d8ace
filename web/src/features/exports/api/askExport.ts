import { useMutation } from "@tanstack/react-query";

import type { Schemas } from "@/lib/api";
import { download } from "@/lib/download";

import { exportUrl, type Format } from "./exportUrl";

/** A job that makes a file which is too large for a request. */
export interface Making {
  format: Format;
  jobId: number;
  /** Null while the data itself has to be made first: then the file is asked for again. */
  exportUrl: string | null;
}

/** Download a record; returns the job that makes the file where it is a large one, else null. */
export function useAskExport(recordId: string) {
  return useMutation({
    mutationFn: async (format: Format): Promise<Making | null> => {
      const later = await download<Schemas["ExportUnderway"]>(exportUrl(recordId, format));
      return later && { format, jobId: later.jobId, exportUrl: later.exportUrl ?? null };
    },
  });
}
