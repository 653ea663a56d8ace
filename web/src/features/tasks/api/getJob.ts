import { useQuery } from "@tanstack/react-query";

import { api, dataOf } from "@/lib/api";

/** All about a job: why it waits, and what each failed attempt said. */
export function useJob(jobId: number | null | undefined, every?: number) {
  return useQuery({
    queryKey: ["job", jobId],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET("/api/v1/jobs/{job_id}", { params: { path: { job_id: jobId ?? 0 } }, signal }),
      ),
    enabled: typeof jobId === "number",
    ...(every === undefined ? {} : { refetchInterval: every }),
  });
}
