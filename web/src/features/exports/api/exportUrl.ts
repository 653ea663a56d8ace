export const FORMATS = ["xlsx", "csv", "parquet", "json"] as const;
export type Format = (typeof FORMATS)[number];

/** Where a record can be downloaded from; the browser does the rest. */
export function exportUrl(recordId: string, format: Format): string {
  return `/api/v1/sheets/tasks/${recordId}/export?format=${format}`;
}
