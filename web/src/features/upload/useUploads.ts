import { useSyncExternalStore } from "react";

import { allUploads, subscribe, type Upload } from "./uploads";

/** All uploads of this page, oldest first. */
export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(subscribe, allUploads);
}
