import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, dataOf, type Schemas } from "@/lib/api";

import { useFreshReferences } from "./freshReferences";

export type Decision = Schemas["Decide"]["decision"];
type Decide = Schemas["Decide"];

/** Write down what a person decides; it counts before what models say, and teaches the order. */
export function useDecide(recordId: string) {
  const client = useQueryClient();
  const fresh = useFreshReferences(recordId);
  return useMutation({
    mutationFn: (body: Decide) =>
      dataOf(
        api.POST("/api/v1/screenings/tasks/{record_id}/decisions", {
          params: { path: { record_id: recordId } },
          body,
        }),
      ),
    onMutate: ({ number, stage }) => {
      if (stage !== "fullText") fresh.takeOutOfQueues(number);
    },
    onSuccess: (decided) => fresh.replace(decided),
    onSettled: () =>
      Promise.all([
        fresh.askAgain(),
        client.invalidateQueries({ queryKey: ["summary", recordId] }),
      ]),
  });
}
