import { randomUUID } from 'node:crypto';
import { readEventStream } from '#client';
import type { ChatChunk, DeskFrame } from '#contracts';

/** Milliseconds from the moment a message was sent; undefined for what did not happen. */
export interface TurnTimes {
  firstWords: number | undefined;
  label: number | undefined;
  whole: number;
}

/** The agent's page: when it heard of each message's label. */
export interface Desk {
  labelled: Map<string, number>;
  close(): void;
}

export async function openDesk(url: string): Promise<Desk> {
  const leaving = new AbortController();
  const response = await fetch(`${url}/api/v1/desk/events`, { signal: leaving.signal });
  const labelled = new Map<string, number>();
  const read = async () => {
    for await (const { data } of readEventStream(response.body as ReadableStream<Uint8Array>)) {
      const frame = JSON.parse(data) as DeskFrame;
      if (frame.kind !== 'change' || frame.event.type !== 'message-scored') continue;
      const id = String(frame.event.data?.messageId);
      if (!labelled.has(id)) labelled.set(id, performance.now());
    }
  };
  read().catch(() => {});
  return { labelled, close: () => leaving.abort() };
}

/** A customer with their page open: a token, one conversation, and its event stream being read. */
export interface Customer {
  /** Sends a message and reads the answer to its end. */
  say(
    text: string,
  ): Promise<{ messageId: string; sentAt: number; firstWords: number | undefined; whole: number }>;
  close(): void;
}

/** @param token false for one who writes faster than a customer may: the company's own program */
export async function newCustomer(url: string, token: boolean): Promise<Customer> {
  const id = randomUUID();
  const leaving = new AbortController();
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (token) {
    const made = await fetch(`${url}/api/v1/customers`, { method: 'POST', headers, body: '{}' });
    headers.authorization = `Bearer ${((await made.json()) as { token: string }).token}`;
  }
  const opened = { method: 'POST', headers, body: JSON.stringify({ id }) };
  await fetch(`${url}/api/v1/conversations`, opened);
  const events = await fetch(`${url}/api/v1/conversations/${id}/events`, { headers, signal: leaving.signal });
  const drain = async () => {
    for await (const _ of readEventStream(events.body as ReadableStream<Uint8Array>));
  };
  drain().catch(() => {});
  return {
    async say(text) {
      const messageId = randomUUID();
      const messages = [{ id: messageId, role: 'user', parts: [{ type: 'text', text }] }];
      const sentAt = performance.now();
      const response = await fetch(`${url}/api/v1/chat`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ id, messages }),
      });
      if (!response.ok || !response.body) throw new Error(`${response.status} ${await response.text()}`);
      let firstWords: number | undefined;
      for await (const { data } of readEventStream(response.body)) {
        if (data === '[DONE]') break;
        if (firstWords === undefined && (JSON.parse(data) as ChatChunk).type === 'text-delta')
          firstWords = performance.now() - sentAt;
      }
      return { messageId, sentAt, firstWords, whole: performance.now() - sentAt };
    },
    close: () => leaving.abort(),
  };
}
