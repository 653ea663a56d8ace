import { useMutation } from "@tanstack/react-query";

import { api, dataOf } from "@/lib/api";

import { useFreshText } from "./getTexts";

/** Take back one's last resolution, whichever text it was on. */
export function useUndoResolution(recordId: string) {
  const fresh = useFreshText(recordId);
  return useMutation({
    mutationFn: () =>
      dataOf(
        api.POST("/api/v1/extractions/tasks/{record_id}/resolutions/undo", {
          params: { path: { record_id: recordId } },
        }),
      ),
    onSuccess: fresh,
  });
}
