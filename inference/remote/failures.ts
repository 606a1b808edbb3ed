import { type ErrorCode, ParlanceError } from '#contracts';
import type { RemoteReply } from './transport.ts';

/** Statuses by which a server says that it does not want these inputs; everything else above 299 is no answer at all. */
const refusals = new Set([400, 413, 422]);

export const isAnswer = ({ status }: RemoteReply): boolean => status >= 200 && status < 300;
export const isRefusal = ({ status }: RemoteReply): boolean => refusals.has(status);

/** What the caller is told whose text it is that a server refuses. */
export const refused = (model: string): ParlanceError =>
  new ParlanceError('invalid_input', `The server of model ${model} refuses this text. Send another.`);

/** What callers are told of a status that is neither an answer nor a refusal of the inputs. */
export function failureOf(model: string, reply: RemoteReply): ParlanceError {
  const { status } = reply;
  const fail = (code: ErrorCode, what: string, retryAfter?: number) =>
    new ParlanceError(code, `The server of model ${model} ${what}`, {
      // What a server says of a key may have the key in it.
      cause: status === 401 || status === 403 ? `status ${status}` : `status ${status}: ${excerpt(reply)}`,
      details: retryAfter === undefined ? {} : { retryAfter },
    });
  switch (status) {
    case 401:
    case 403:
      return fail(
        'model_unavailable',
        'refused the key. Check the variable that the card of the model names.',
      );
    case 404:
      return fail('model_unavailable', 'does not know the model. Check its name and address on the card.');
    case 408:
    case 504:
      return fail('timeout', 'took too long. Try again, or send less at once.', secondsOf(reply, 1));
    case 429:
      return fail('overloaded', 'is busy. Try again shortly.', secondsOf(reply, 1));
    case 502:
    case 503:
      return fail('model_unavailable', 'is not available right now. Try again shortly.', secondsOf(reply, 5));
    default:
      return fail('provider_failed', `failed with status ${status}. Its own log says why.`);
  }
}

/** What callers are told when there was no reply. */
export function unreachable(model: string, cause: unknown): ParlanceError {
  const code = networkCode(cause);
  const word = code === undefined ? '' : ` (${code})`;
  const retry = { cause, details: { retryAfter: 5 } };
  if (code !== undefined && beforeTheRequest.has(code)) {
    const detail = `The server of model ${model} cannot be reached${word}. Check its address, and whether it runs.`;
    return new ParlanceError('model_unavailable', detail, retry);
  }
  return new ParlanceError(
    'provider_failed',
    `The server of model ${model} broke off its answer${word}.`,
    retry,
  );
}

/** True when nothing of the request had arrived, so that another try repeats nothing. */
export const wasRefusedConnection = (cause: unknown): boolean => networkCode(cause) === 'ECONNREFUSED';

const beforeTheRequest = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'],
  ...['UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
]);

function networkCode(thrown: unknown): string | undefined {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code === 'string') return code;
  }
  return undefined;
}

/** Seconds that a server asks to be left alone; a date is not worth reading a clock for. */
function secondsOf(reply: RemoteReply, otherwise: number): number {
  const seconds = Number(reply.header('retry-after') ?? Number.NaN);
  return seconds > 0 && seconds <= 3600 ? Math.ceil(seconds) : otherwise;
}

const excerptLength = 2000;

/** The beginning of a body as text, for the log. */
export const excerpt = ({ body }: RemoteReply): string =>
  new TextDecoder().decode(body.subarray(0, excerptLength));
