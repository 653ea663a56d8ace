import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, dataOf } from "@/lib/api";

import type { JobFilter } from "./listJobs";

/** Which jobs: those chosen, or all that match what the list shows. */
export interface ToChange extends JobFilter {
  ids?: number[] | undefined;
}

/** Retry or cancel many jobs, request by request, until none is left; returns how many. */
export function useChangeJobs(how: "retry" | "cancel") {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (which: ToChange) => {
      let changed = 0;
      let skipped = 0;
      let cursor: string | null = null;
      do {
        const answer: { changed: number; skipped: number; nextCursor: string | null } =
          await changeSome(how, which, cursor);
        changed += answer.changed;
        skipped += answer.skipped;
        cursor = answer.nextCursor;
      } while (cursor !== null);
      return { changed, skipped };
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["jobs"] }),
  });
}

function changeSome(
  how: "retry" | "cancel",
  { ids, queue, state }: ToChange,
  cursor: string | null,
) {
  const body = {
    all: true,
    ...(ids && { ids }),
    ...(!ids && queue && { queue }),
    ...(!ids && state && { state }),
    ...(cursor !== null && { cursor }),
  };
  return dataOf(api.POST(`/api/v1/jobs/${how}`, { body: body as never }));
}
