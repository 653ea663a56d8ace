import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, dataOf, type Schemas } from "@/lib/api";

import { EXTRACTIONS_KEY } from "./listExtractions";

export type Wanted = Schemas["ExtractionRequest"];

interface Start {
  wanted: Wanted;
  /** Makes a repetition harmless. */
  key: string;
}

/** Have the fields of a template taken out of texts, or out of a sheet's column. */
export function useStartExtraction() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ wanted, key }: Start) =>
      dataOf(
        api.POST("/api/v1/extractions/tasks", {
          params: { header: { "Idempotency-Key": key } },
          body: wanted,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: EXTRACTIONS_KEY }),
  });
}
