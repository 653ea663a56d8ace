import { useEffect, useRef, useState } from "react";

import type { Session } from "@/features/upload/uploads";

import { useStartScreening, type Wanted } from "./api/startScreening";

interface Way {
  file: File;
  /** Bytes that have gone. */
  sent: number;
  /** Attempts in a row that brought nothing on. */
  attempt: number;
  session: Session | null;
  stopped: boolean;
}

/** A file of references on its way; one that was stopped or broke off goes on where it was. */
export function useSending(onStarted: (recordId: string, jobId: number) => void) {
  const start = useStartScreening();
  const [way, setWay] = useState<Way | null>(null);
  const controller = useRef<AbortController | null>(null);
  // Who leaves the page does not start anything behind it.
  useEffect(() => () => controller.current?.abort(), []);
  const change = (next: Partial<Way>) => setWay((before) => before && { ...before, ...next });

  const send = (wanted: Wanted) => {
    const { file } = wanted;
    const { signal } = (controller.current = new AbortController());
    const session = way?.file === file ? way.session : null;
    setWay({ file, sent: session?.offset ?? 0, attempt: 0, session, stopped: false });
    start.mutate(
      {
        wanted,
        way: {
          signal,
          session,
          onSession: (next) => change({ session: next, sent: next.offset, attempt: 0 }),
          onSent: (bytes) => change({ sent: Math.min(bytes, file.size) }),
          onTrouble: (_error, attempt) => change({ attempt }),
        },
      },
      { onSuccess: ({ recordId, jobId }) => onStarted(recordId, jobId) },
    );
  };
  const stop = () => {
    controller.current?.abort();
    setWay((before) => before && { ...before, stopped: true, sent: before.session?.offset ?? 0 });
  };
  return {
    way,
    underway: start.isPending,
    error: way?.stopped ? null : start.error,
    send,
    stop,
  };
}

export type Sending = ReturnType<typeof useSending>;
