import { useMutation, useQueryClient } from "@tanstack/react-query";

import { send } from "@/features/upload/api/request";
import type { Schemas } from "@/lib/api";

import { SCREENINGS_KEY } from "./listScreenings";

export type Criteria = Schemas["Criteria"];

export interface Wanted {
  file: File;
  criteria: Criteria;
  rule: "both" | "or";
  /** Which column of a table holds which field, where its name does not tell. */
  mapping: Readonly<Record<string, string>>;
  /** Makes a repetition harmless. */
  key: string;
}

type Accepted = Schemas["ScreeningAccepted"];

const TASKS = "/api/v1/screenings/tasks";

/** Send a file of references with what is looked for in it; `onProgress` is told bytes. */
export function useStartScreening(onProgress: (bytes: number) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (wanted: Wanted): Promise<Accepted> => {
      const { body } = await send({
        method: "POST",
        url: TASKS,
        body: formOf(wanted),
        headers: { "Idempotency-Key": wanted.key },
        signal: new AbortController().signal,
        onProgress,
      });
      return (body as { data: Accepted }).data;
    },
    onSuccess: () => client.invalidateQueries({ queryKey: SCREENINGS_KEY }),
  });
}

function formOf({ file, criteria, rule, mapping }: Wanted): FormData {
  const form = new FormData();
  form.append("file", file, file.name);
  form.append("criteria", JSON.stringify(criteria));
  form.append("rule", rule);
  if (Object.keys(mapping).length > 0) form.append("mapping", JSON.stringify(mapping));
  return form;
}
