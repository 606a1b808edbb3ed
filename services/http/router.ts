import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type ErrorCode, invalidInput, problem } from '#contracts';
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
