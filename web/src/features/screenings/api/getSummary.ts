import { useQuery } from "@tanstack/react-query";

import type { Language } from "@/i18n";
import { api, dataOf, type Schemas } from "@/lib/api";

export type Summary = Schemas["Summary"];

/** Where a screening stands: counts, agreement, kappa, PRISMA's numbers, cost. */
export function useSummary(recordId: string) {
  return useQuery({
    queryKey: ["summary", recordId],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET("/api/v1/screenings/tasks/{record_id}/summary", {
          params: { path: { record_id: recordId } },
          signal,
        }),
      ),
  });
}

/** Where the API draws the flow of PRISMA 2020 in the page's language. */
export function prismaUrl(recordId: string, language: Language): string {
  const lang = language === "zh-CN" ? "zh" : "en";
  return `/api/v1/screenings/tasks/${recordId}/prisma.svg?lang=${lang}`;
}
