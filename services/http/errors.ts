import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { asParlanceError, type ErrorCode, ParlanceError, type Problem } from '#contracts';
import type { AppEnv } from './env.ts';

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

export const statusOf = (code: ErrorCode): number => statuses[code][0];
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

/** Answers any thrown value as a problem document. */
export function respondWithProblem(c: Context<AppEnv>, thrown: unknown): Response {
  const error = thrown instanceof HTTPException ? fromHono(thrown) : asParlanceError(thrown);
  const headers: Record<string, string> = { 'content-type': 'application/problem+json' };
  if (error.details.retryAfter) headers['retry-after'] = String(Math.ceil(error.details.retryAfter));
  if (error.code === 'unauthorized') headers['www-authenticate'] = 'Bearer realm="parlance"';
  return c.body(
    JSON.stringify(problemOf(error, c.get('requestId') ?? '')),
    statusOf(error.code) as ContentfulStatusCode,
    headers,
  );
}

/** Hono's own exceptions come from its body parser: the request was not readable. */
function fromHono(exception: HTTPException): ParlanceError {
  const detail = `${exception.message || 'The request could not be read'}. Send a body that is valid JSON.`;
  return new ParlanceError('invalid_input', detail, {
    cause: exception,
    details: { errors: [{ pointer: '', detail }] },
  });
}
