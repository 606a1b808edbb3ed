import { ParlanceClient } from '#client';
import { fetchReporting } from './fetch-reporting.ts';
import { apiKey } from './session.ts';

let current = build();
apiKey.subscribe(() => {
  current = build();
});

function build(): ParlanceClient {
  return new ParlanceClient({ apiKey: apiKey.get() ?? undefined });
}

/** The client with the key of the moment; ask for it at each call rather than keeping it. */
export const client = (): ParlanceClient => current;

/** A client with a key that is still to be proved. */
export const clientWith = (key: string): ParlanceClient => new ParlanceClient({ apiKey: key });

/** The client of the moment for one large body, of which `onSent` is told the share that has left, 0…1. */
export const uploadingClient = (onSent: (share: number) => void): ParlanceClient =>
  new ParlanceClient({ apiKey: apiKey.get() ?? undefined, fetch: fetchReporting(onSent) });
