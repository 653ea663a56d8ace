import { worthRepeating } from "./kinds";

const MAX_ATTEMPTS = 8;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

export interface Patience {
  signal: AbortSignal;
  /** Told why an attempt has failed that is about to be repeated, and how many have in a row. */
  onTrouble: (error: Error, attempt: number) => void;
}

/** Repeat what may work later, each time after a longer wait; while offline, wait for the network. */
export async function patiently<T>(
  { signal, onTrouble }: Patience,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted || !worthRepeating(error) || failures >= MAX_ATTEMPTS) throw error;
      onTrouble(error as Error, failures);
      await (navigator.onLine ? pause(failures, signal) : online(signal));
    }
  }
}

function pause(failures: number, signal: AbortSignal): Promise<void> {
  const longest = Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS);
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, longest * (0.5 + Math.random() / 2));
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}

function online(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    addEventListener("online", () => resolve(), { once: true, signal });
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
