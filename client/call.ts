/** Per-call settings. Aborting the signal also drops the work from the server queue. */
export interface CallSettings {
  signal?: AbortSignal;
  /** In a browser: finish the call even when its page is being closed. */
  keepalive?: boolean;
  /** Beside those of every call. */
  headers?: Record<string, string>;
}

/** One call of the native API: what the areas of the client are made of. A `FormData` body goes out as it is. */
export type Call = <T>(method: string, path: string, body?: unknown, settings?: CallSettings) => Promise<T>;

/** Opens a stream of server-sent events, which `readEventStream` reads. */
export type Open = (path: string, settings?: CallSettings) => Promise<ReadableStream<Uint8Array>>;

/** `?a=1&b=2` of what is given; empty when nothing is. */
export function queryOf(values: Record<string, string | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value) search.set(name, value);
  return search.size > 0 ? `?${search}` : '';
}
