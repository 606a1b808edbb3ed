import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { asParlanceError, type ErrorCode, ParlanceError, type Problem } from '#contracts';
import type { AppEnv } from './env.ts';
import { huggingFaceError, openAiError, teiError } from './foreign-errors.ts';
import { type Surface, surfaceOf } from './surfaces.ts';

/** The one place where an error code becomes an HTTP status. */
const statuses = {
  invalid_input: [400, 'The request is not valid'],
  too_large: [413, 'Too large'],
  unauthorized: [401, 'A valid credential is needed'],
  forbidden: [403, 'Not allowed'],
  not_found: [404, 'Not found'],
  conflict: [409, 'Conflict'],
  unsupported: [422, 'Not supported'],
  overloaded: [429, 'Too many requests'],
  budget_exceeded: [402, 'The budget is used up'],
  content_blocked: [422, 'The content was blocked'],
  model_unavailable: [503, 'The model is not available'],
  provider_failed: [502, 'The provider failed'],
  storage_full: [507, 'The storage is full'],
  timeout: [504, 'It took too long'],
  cancelled: [499, 'Cancelled by the caller'],
  internal: [500, 'Internal error'],
} as const satisfies Record<ErrorCode, readonly [number, string]>;

/**
 * What clients of a surface take for something else. Those of Hugging Face try a 503 again at once and without end; TEI's
 * know four statuses.
 */
const otherwise: Partial<Record<Surface, Partial<Record<ErrorCode, number>>>> = {
  openai: { unsupported: 400 },
  huggingFace: { unsupported: 400, model_unavailable: 424 },
  tei: { invalid_input: 422, model_unavailable: 424, provider_failed: 424, internal: 424 },
};

export const statusOf = (code: ErrorCode, surface: Surface = 'native'): number =>
  otherwise[surface]?.[code] ?? statuses[code][0];
export const titleOf = (code: ErrorCode): string => statuses[code][1];

/** An error as the RFC 9457 body of a native route. */
export function problemOf(error: ParlanceError, requestId: string): Problem {
  const body: Problem = {
    type: `urn:parlance:problem:${error.code.replaceAll('_', '-')}`,
    title: titleOf(error.code),
    status: statusOf(error.code),
    detail: error.message,
    code: error.code,
    requestId,
  };
  if (error.details.errors?.length) body.errors = error.details.errors;
  if (error.details.news?.length) body.news = error.details.news;
  return body;
}

/** An error as its surface says it. */
export interface ErrorAnswer {
  status: number;
  headers: Record<string, string>;
  /** JSON. */
  body: string;
}

export function errorAnswer(error: ParlanceError, surface: Surface, requestId: string): ErrorAnswer {
  const status = statusOf(error.code, surface);
  const bodies: Record<Surface, () => object> = {
    native: () => problemOf(error, requestId),
    openai: () => openAiError(error, status),
    huggingFace: () => huggingFaceError(error),
    tei: () => teiError(error),
  };
  const type = surface === 'native' ? 'application/problem+json' : 'application/json';
  const headers: Record<string, string> = { 'content-type': type };
  if (error.details.retryAfter) headers['retry-after'] = String(Math.ceil(error.details.retryAfter));
  if (error.code === 'unauthorized') headers['www-authenticate'] = 'Bearer realm="parlance"';
  return { status, headers, body: JSON.stringify(bodies[surface]()) };
}

/** Answers any thrown value as an error of the surface that was asked: a problem document on native routes. */
export function respondWithError(c: Context<AppEnv>, thrown: unknown): Response {
  const error = thrown instanceof HTTPException ? fromHono(thrown) : asParlanceError(thrown);
  const { status, headers, body } = errorAnswer(error, surfaceOf(c.req.path), c.get('requestId') ?? '');
  return c.body(body, status as ContentfulStatusCode, headers);
}

/** Hono's own exceptions come from its body parser: the request was not readable. */
function fromHono(exception: HTTPException): ParlanceError {
  const detail = `${exception.message || 'The request could not be read'}. Send a body that is valid JSON.`;
  return new ParlanceError('invalid_input', detail, {
    cause: exception,
    details: { errors: [{ pointer: '', detail }] },
  });
}
