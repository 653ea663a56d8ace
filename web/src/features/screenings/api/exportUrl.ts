import type { Schemas } from "@/lib/api";

export const FORMATS = ["ris", "csv", "xlsx"] as const;
export const OUTCOMES = ["include", "exclude", "conflict", "unjudged"] as const;

export type ExportedOutcome = NonNullable<Schemas["ScreeningExportQuery"]["outcome"]>;

/** Where references can be downloaded from, of one outcome or all. */
export function exportUrl(
  recordId: string,
  format: (typeof FORMATS)[number],
  outcome: ExportedOutcome | null,
): string {
  const which = outcome ? `&outcome=${outcome}` : "";
  return `/api/v1/screenings/tasks/${recordId}/export?format=${format}${which}`;
}
