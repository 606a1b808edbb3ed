import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type ErrorCode, huggingFaceError, invalidInput, openAiError, problem, teiError } from '#contracts';
import type { AppEnv } from './env.ts';
import { statusOf, titleOf } from './errors.ts';
import type { Surface } from './surfaces.ts';

/** A router whose validation failures are thrown as `invalid_input` with a JSON pointer for each bad field. */
export function newRouter(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (outcome) => {
      if (!outcome.success) throw invalidInput(outcome.error);
    },
  });
}

/** A body of JSON, for a route's OpenAPI description. */
export const json = <S extends z.ZodType>(schema: S) => ({ 'application/json': { schema } });

/** The `responses` entry of what a route answers with, as a rule. */
export const ok = <S extends z.ZodType>(description: string, schema: S) => ({
  200: { description, content: json(schema) },
});

/** Made anew here, after the OpenAPI extension of zod is loaded, so that the document can refer to them by name. */
const bodies: Record<Surface, object> = {
  native: { 'application/problem+json': { schema: z.object(problem.shape).openapi('Problem') } },
  openai: { 'application/json': { schema: z.object(openAiError.shape).openapi('OpenAiError') } },
  huggingFace: {
    'application/json': { schema: z.object(huggingFaceError.shape).openapi('HuggingFaceError') },
  },
  tei: { 'application/json': { schema: z.object(teiError.shape).openapi('TeiError') } },
};

/** Any request may be malformed, without a good key, from a place that may not ask, or one too many. */
const always = ['invalid_input', 'unauthorized', 'forbidden', 'overloaded'] as const;

/** The `responses` entries of what any request may meet and of the given error codes, for a route's OpenAPI description. */
export const problemResponses = (...codes: ErrorCode[]) => errorResponses('native', ...codes);

/** As `problemResponses`, in the words of another surface. */
export function errorResponses(surface: Surface, ...codes: ErrorCode[]) {
  return Object.fromEntries(
    [...always, ...codes].map((code) => [
      statusOf(code, surface),
      { description: titleOf(code), content: bodies[surface] },
    ]),
  );
}
