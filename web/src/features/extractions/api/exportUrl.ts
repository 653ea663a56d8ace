export const FORMATS = ["csv", "xlsx"] as const;

/** Where all texts can be downloaded from with their values. */
export function exportUrl(recordId: string, format: (typeof FORMATS)[number]): string {
  return `/api/v1/extractions/tasks/${recordId}/export?format=${format}`;
}
