import type { ServerResponse } from 'node:http';
import type { Context, MiddlewareHandler } from 'hono';
import { ParlanceError } from '#contracts';
import type { AppEnv } from '../env.ts';

/** Bytes of the largest JSON body: 1,024 texts of some length. Files have routes of their own. */
export const maxBodyBytes = 4 * 1024 * 1024;
/** A body that trickles in longer than this is given up. */
const maxBodyMs = 60_000;

const strict = new TextDecoder('utf-8', { fatal: true });
const withBody = new Set(['POST', 'PUT', 'PATCH']);
/** Their routes read files as they arrive, and have limits of their own. */
const takesFiles = new Set(['/api/v1/knowledge/sources', '/api/v1/batches']);

/**
 * Reads a JSON body once, within the size limit and as strict UTF-8: the default reader would silently replace broken
 * bytes and score a text nobody sent. Routes then parse it as usual.
 */
export const readBody: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (withBody.has(c.req.method) && hasBody(c) && !takesFiles.has(c.req.path)) {
    const declared = Number(c.req.header('content-length') ?? 0);
    if (declared > maxBodyBytes) throw tooLarge();
    const type = c.req.header('content-type');
    if (!type || !/^application\/([\w.+-]+\+)?json\b/i.test(type)) throw notJson();
    const charset = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(type)?.[1];
    if (charset !== undefined && !/^utf-?8$/i.test(charset)) throw notUtf8(charset);
    const coding = c.req.header('content-encoding');
    if (coding !== undefined && !/^\s*(identity)?\s*$/i.test(coding)) throw encoded(coding);
    const reading = c.req.header('transfer-encoding') ? readStream(c.req.raw.body) : c.req.arrayBuffer();
    const node = c.env as { outgoing?: ServerResponse } | undefined;
    const tooSlow = setTimeout(() => node?.outgoing?.destroy(), maxBodyMs);
    const bytes = await reading.catch(brokenOff).finally(() => clearTimeout(tooSlow));
    // Hono keeps what was read under the name of the reader, as a promise whatever its type says; the text reader then
    // finds the checked text.
    Object.assign(c.req.bodyCache, { arrayBuffer: undefined, text: Promise.resolve(decode(bytes)) });
  }
  await next();
};

/** A body of undeclared length, given up as soon as it exceeds the limit. */
async function readStream(body: ReadableStream<Uint8Array> | null): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > maxBodyBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** But for its size, a body fails to be read only because its sender went away, which is no fault of the server. */
function brokenOff(cause: unknown): never {
  if (cause instanceof ParlanceError) throw cause;
  throw new ParlanceError('cancelled', 'The body broke off before its end. Send it again.', { cause });
}

/** A POST that brings nothing is left to its route, which knows whether it needs a body. */
function hasBody(c: Context<AppEnv>): boolean {
  return Number(c.req.header('content-length') ?? 0) > 0 || c.req.header('transfer-encoding') !== undefined;
}

function decode(bytes: ArrayBuffer | Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch (cause) {
    throw new ParlanceError('invalid_input', 'The body is not valid UTF-8. Encode it as UTF-8.', {
      cause,
      details: { errors: [{ pointer: '', detail: 'not valid UTF-8' }] },
    });
  }
}

const notJson = () =>
  ParlanceError.field('', 'The body must be JSON. Send the header Content-Type: application/json.');

const notUtf8 = (charset: string) =>
  ParlanceError.field(
    '',
    `Content-Type says charset=${charset}: send JSON as UTF-8 and leave the charset out.`,
  );

const encoded = (coding: string) =>
  ParlanceError.field('', `Content-Encoding: ${coding} is not supported: send the body as it is.`);

const tooLarge = () =>
  ParlanceError.field(
    '',
    `The body is larger than ${maxBodyBytes / 1024 ** 2} MiB. Send fewer texts at once.`,
    'too_large',
  );
