import { useQuery } from "@tanstack/react-query";

import { api, dataOf, type Schemas } from "@/lib/api";

export type Exported = Schemas["Exported"];

/** Where the file is that a job has made; null as long as it has not. */
export function useExported(recordId: string, jobId: number, { enabled }: { enabled: boolean }) {
  return useQuery({
    queryKey: ["exported", recordId, jobId],
    queryFn: async ({ signal }): Promise<Exported | null> => {
      const answer = await dataOf(
        api.GET("/api/v1/sheets/tasks/{record_id}/exports/{job_id}", {
          params: { path: { record_id: recordId, job_id: jobId } },
          signal,
        }),
      );
      return "downloadUrl" in answer ? answer : null;
    },
    enabled,
    staleTime: Infinity,
  });
}
