import { useEffect } from "react";

/** Name the tab after what it shows. */
export function useDocumentTitle(title: string | undefined): void {
  useEffect(() => {
    if (title === undefined) return;
    document.title = `${title} · Sluice`;
    return () => {
      document.title = "Sluice";
    };
  }, [title]);
}
