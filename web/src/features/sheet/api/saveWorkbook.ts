import { useMutation } from "@tanstack/react-query";

import { download } from "@/lib/download";

import { Underway } from "./underway";

/** Where the data can be downloaded with its doubtful cells coloured and noted. */
export function workbookUrl(recordId: string): string {
  return `/api/v1/sheets/tasks/${recordId}/findings/workbook`;
}

/** Download the annotated workbook; throws Underway while the findings are being made. */
export function useSaveWorkbook(recordId: string) {
  return useMutation({
    mutationFn: async () => {
      if (await download(workbookUrl(recordId))) throw new Underway();
    },
  });
}
