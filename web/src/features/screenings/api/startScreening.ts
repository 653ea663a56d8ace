import { useMutation, useQueryClient } from "@tanstack/react-query";

import { send } from "@/features/upload/api/request";
import { MAX_INLINE_BYTES } from "@/features/upload/kinds";
import { patiently, type Patience } from "@/features/upload/patience";
import { sendToBucket } from "@/features/upload/toBucket";
import type { Session } from "@/features/upload/uploads";
import { api, dataOf, type Schemas } from "@/lib/api";

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

/** How a file goes: a large one in chunks, to the bucket, from where its last session stopped. */
export interface Way extends Patience {
  session: Session | null;
  onSession: (session: Session) => void;
  onSent: (bytes: number) => void;
}

type Accepted = Schemas["ScreeningAccepted"];

const TASKS = "/api/v1/screenings/tasks";

/** Send a file of references with what is looked for in it. */
export function useStartScreening() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ wanted, way }: { wanted: Wanted; way: Way }): Promise<Accepted> =>
      wanted.file.size > MAX_INLINE_BYTES ? startFromBucket(wanted, way) : startAtOnce(wanted, way),
    onSuccess: () => client.invalidateQueries({ queryKey: SCREENINGS_KEY }),
  });
}

async function startAtOnce(wanted: Wanted, { signal, onSent }: Way): Promise<Accepted> {
  const { body } = await send({
    method: "POST",
    url: TASKS,
    body: formOf(wanted),
    headers: { "Idempotency-Key": wanted.key },
    signal,
    onProgress: onSent,
  });
  return (body as { data: Accepted }).data;
}

async function startFromBucket(wanted: Wanted, way: Way): Promise<Accepted> {
  const { file, key, ...options } = wanted;
  const { uploadId } = await sendToBucket(file, way);
  return patiently(way, () =>
    dataOf(
      api.POST(TASKS, {
        params: { header: { "Idempotency-Key": key } },
        body: { ...options, uploadId },
        headers: { "Content-Type": "application/json" },
        signal: way.signal,
      }),
    ),
  );
}

function formOf({ file, criteria, rule, mapping }: Wanted): FormData {
  const form = new FormData();
  form.append("file", file, file.name);
  form.append("criteria", JSON.stringify(criteria));
  form.append("rule", rule);
  if (Object.keys(mapping).length > 0) form.append("mapping", JSON.stringify(mapping));
  return form;
}
