/** A request to the server that has a model. */
export interface RemoteRequest {
  /** What follows the address of the endpoint, with its slash. */
  path: string;
  /** A request without a body only reads. */
  body?: string | Uint8Array | undefined;
  headers?: Record<string, string> | undefined;
}

/** What came back, whatever its status. */
export interface RemoteReply {
  status: number;
  /** Null for one that was not sent. */
  header(name: string): string | null;
  body: Uint8Array;
}

/**
 * Carries one request to one endpoint. Rejects when there was no reply, with an error that has the `code` of the network, itself
 * or as its cause; nothing here knows HTTP, so the program brings it along.
 */
export type Transport = (request: RemoteRequest, signal: AbortSignal) => Promise<RemoteReply>;
