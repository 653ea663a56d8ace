import { Problem, problemOf } from "@/lib/problem";

interface Request {
  method: "POST" | "PUT";
  url: string;
  body: Blob | FormData;
  headers?: Record<string, string>;
  signal: AbortSignal;
  onProgress: (bytes: number) => void;
}

export interface Answered {
  status: number;
  body: unknown;
  range: string | null;
}

/** Send a body and tell how much of it has gone, which fetch cannot; 308 is an answer here. */
export function send(request: Request): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const stop = () => {
      xhr.abort();
      reject(stopped());
    };
    xhr.open(request.method, request.url);
    for (const [name, value] of Object.entries(request.headers ?? {}))
      xhr.setRequestHeader(name, value);
    xhr.upload.onprogress = ({ loaded }) => request.onProgress(loaded);
    xhr.onload = () => {
      const body = parsed(xhr.responseText);
      if (xhr.status < 300 || xhr.status === 308)
        resolve({ status: xhr.status, body, range: rangeOf(xhr) });
      else reject(problemOf(xhr.status, body));
    };
    xhr.onerror = () => reject(new Problem(0, "network"));
    xhr.onloadend = () => request.signal.removeEventListener("abort", stop);
    if (request.signal.aborted) reject(stopped());
    else {
      request.signal.addEventListener("abort", stop);
      xhr.send(request.body);
    }
  });
}

function stopped(): DOMException {
  return new DOMException("stopped", "AbortError");
}

/** A bucket on another origin must expose the header; asking for a hidden one logs an error. */
function rangeOf(xhr: XMLHttpRequest): string | null {
  return xhr.getAllResponseHeaders().toLowerCase().includes("range:")
    ? xhr.getResponseHeader("range")
    : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
