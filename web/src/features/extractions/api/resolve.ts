import { useMutation } from "@tanstack/react-query";

import { api, dataOf, type Schemas } from "@/lib/api";

import { useFreshText } from "./getTexts";

export type Resolution = Schemas["Resolve"];

/** Say what a field of a text holds; it counts before what models say. */
export function useResolve(recordId: string) {
  const fresh = useFreshText(recordId);
  return useMutation({
    mutationFn: (body: Resolution) =>
      dataOf(
        api.POST("/api/v1/extractions/tasks/{record_id}/resolutions", {
          params: { path: { record_id: recordId } },
          body,
        }),
      ),
    onSuccess: fresh,
  });
}
