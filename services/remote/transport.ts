import type { ModelEndpoint } from '#contracts';
import type { Transport } from '#inference';

/** Vectors of a full request take a few megabytes; more than this is no answer but a flood. */
const maxReplyBytes = 32 * 1024 ** 2;

/**
 * Requests to one endpoint by `fetch`. A redirect is not followed: it would carry the key to somebody whom the card does not name.
 * @param key shown as a bearer token
 */
export function httpTransport({ url }: ModelEndpoint, key: string | undefined): Transport {
  const address = url.replace(/\/+$/, '');
  const credential: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
  return async ({ path, body, headers }, signal) => {
    const response = await fetch(address + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...headers, ...credential },
      body: body as string | Uint8Array<ArrayBuffer> | undefined,
      signal,
      redirect: 'manual',
    });
    return {
      status: response.status,
      header: (name) => response.headers.get(name),
      body: await bounded(response),
    };
  };
}

/** Throws for more than `maxReplyBytes`, counted as they come: what a server says of the length may be wrong. */
async function bounded(response: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.length;
    if (size > maxReplyBytes) throw new Error(`the reply has more than ${maxReplyBytes} bytes`);
    pieces.push(piece);
  }
  return pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces, size);
}
