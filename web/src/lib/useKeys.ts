import { useEffect, useRef, useSyncExternalStore } from "react";

const STORED = "sluice.keys";
const TYPED_INTO = "input, textarea, select, [contenteditable]";
const listeners = new Set<() => void>();

/** Do something at single keys, unless somebody types, or has switched such keys off. */
export function useKeys(actions: Readonly<Record<string, () => void>>): void {
  const now = useRef(actions);
  const on = useKeysOn();
  useEffect(() => {
    now.current = actions;
  });
  useEffect(() => {
    if (!on) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const target = event.target as Element;
      if (target.closest(TYPED_INTO) || document.querySelector("[role=dialog]")) return;
      const action = now.current[event.key.toLowerCase()];
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [on]);
}

/** Whether single keys do something; who speaks to the computer may not want them to. */
export function useKeysOn(): boolean {
  return useSyncExternalStore(subscribe, () => localStorage.getItem(STORED) !== "off");
}

export function switchKeys(on: boolean): void {
  localStorage.setItem(STORED, on ? "on" : "off");
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
