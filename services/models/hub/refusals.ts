import { ParlanceError } from '#contracts';

/** A failure that may pass: worth another try after `afterMs`, where the hub says how long. */
export class PassingFailure extends ParlanceError {
  readonly afterMs: number | undefined;

  constructor(message: string, { afterMs, cause }: { afterMs?: number | undefined; cause?: unknown } = {}) {
    const retryAfter = afterMs === undefined ? undefined : Math.ceil(afterMs / 1000);
    super('provider_failed', message, { cause, details: retryAfter ? { retryAfter } : {} });
    this.afterMs = afterMs;
  }
}

/** What a status of the hub means for whoever wants a model. */
export function refusalOf(status: number, header: (name: string) => string | undefined): ParlanceError {
  const code = header('x-error-code');
  if (status === 401 || status === 403 || code === 'GatedRepo') {
    const detail =
      'The hub does not let this server read the model, or has none of this name. If it is private or gated, accept its terms there and set HF_TOKEN.';
    return new ParlanceError('provider_failed', detail);
  }
  if (status === 404) {
    const what = code === 'RevisionNotFound' ? 'such revision of the model' : 'such model or file';
    return new ParlanceError('not_found', `The hub has no ${what}. Check its name.`);
  }
  const afterMs = waitOf(header('retry-after'));
  if (status === 416) return new PassingFailure('The hub cannot go on from where it stopped.');
  if (status === 429) return new PassingFailure('The hub is asked too often. Try again later.', { afterMs });
  if (status >= 500)
    return new PassingFailure(`The hub has a fault (${status}). Try again later.`, { afterMs });
  return new ParlanceError('provider_failed', `The hub answers ${status}.`);
}

/** `Retry-After` in milliseconds, given as seconds or as a date. */
export function waitOf(value: string | undefined, now = Date.now()): number | undefined {
  if (value === undefined) return undefined;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

/** Nobody answers, or no longer. */
export function unreachable(url: URL, cause: unknown, signal: AbortSignal): ParlanceError {
  if (signal.aborted) return new ParlanceError('cancelled', 'The pull was cancelled.', { cause });
  const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
  return new PassingFailure(`Nothing comes from ${url.host}${code}. Is the network there, and a proxy set?`, {
    cause,
  });
}
