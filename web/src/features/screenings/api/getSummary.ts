import { useQuery } from "@tanstack/react-query";

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

/** Where the API draws the flow of PRISMA 2020; `of` names the numbers, so that a new picture comes. */
export function prismaUrl(recordId: string, of?: Summary["prisma"]): string {
  const numbers = of ? `?of=${Object.values(of).filter(Number.isInteger).join("-")}` : "";
  return `/api/v1/screenings/tasks/${recordId}/prisma.svg${numbers}`;
}
