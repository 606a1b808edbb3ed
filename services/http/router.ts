import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type ErrorCode, type FieldError, ParlanceError, problem } from '#contracts';
import type { AppEnv } from './env.ts';
import { statusOf, titleOf } from './errors.ts';

/** A router whose validation failures are thrown as `invalid_input` with a JSON pointer for each bad field. */
export function newRouter(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (outcome) => {
      if (!outcome.success) throw invalidInput(outcome.error);
    },
  });
}

/** Made anew here, after the OpenAPI extension of zod is loaded, so that the document can refer to it by name. */
const namedProblem = z.object(problem.shape).openapi('Problem');

/** Any request may be malformed, without a good key, from a place that may not ask, or one too many. */
const always = ['invalid_input', 'unauthorized', 'forbidden', 'overloaded'] as const;

/** The `responses` entries of what any request may meet and of the given error codes, for a route's OpenAPI description. */
export function problemResponses(...codes: ErrorCode[]) {
  const content = { 'application/problem+json': { schema: namedProblem } };
  return Object.fromEntries(
    [...always, ...codes].map((code) => [statusOf(code), { description: titleOf(code), content }]),
  );
}

/** A zod failure as the error the caller reads. */
export function invalidInput(error: z.core.$ZodError): ParlanceError {
  const errors = error.issues.flatMap((issue) => fieldErrors(issue, []));
  const first = errors[0];
  const detail = first ? `${first.pointer || 'The body'}: ${first.detail}` : 'The request is not valid.';
  return new ParlanceError('invalid_input', detail, { details: { errors: errors.slice(0, 20) } });
}

/** A union fails with one issue list per branch; the branch that got furthest says what the caller meant. */
function fieldErrors(issue: z.core.$ZodIssue, base: PropertyKey[]): FieldError[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'invalid_union') {
    const deepest = issue.errors
      .map((branch) => branch.flatMap((each) => fieldErrors(each, path)))
      .filter((branch) => branch.some((each) => each.pointer.split('/').length > path.length + 1));
    if (deepest[0]) return deepest[0];
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointer([...path, key]),
      detail: 'There is no such field here; remove it.',
    }));
  }
  return [{ pointer: pointer(path), detail: issue.message }];
}

/** RFC 6901. */
function pointer(path: PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
