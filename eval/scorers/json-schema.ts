import { Ajv, type ValidateFunction } from 'ajv';
import { z } from 'zod';
import { ParlanceError } from '#contracts';
import { meanOf } from '../metrics/metric.ts';
import type { Json } from '../run/json.ts';
import { inTime } from './in-time.ts';
import { defineScorer } from './scorer.ts';

const compiled = new WeakMap<object, ValidateFunction>();

/** Whether an answer has the shape that a JSON Schema asks for; a text is read as JSON first. */
export const jsonSchema = defineScorer({
  name: 'json-schema',
  summary: 'The answer, or the JSON that it is the text of, fits a JSON Schema',
  options: z.strictObject({ schema: z.record(z.string(), z.json()) }),
  // A pattern in a schema can take for ever, as any can.
  trusted: true,
  judge: (said, { schema }): string => {
    const { output } = said;
    const value = typeof output === 'string' ? parsed(output) : output;
    if (value === undefined) return 'It is no JSON.';
    const fits = validatorOf(schema);
    if (inTime(said, () => fits(value))) return '';
    const [error] = fits.errors ?? [];
    return `${error?.instancePath || 'It'} ${error?.message ?? 'does not fit'}`;
  },
  missed: () => 'There is no answer.',
  measure: (evidence: string[]) =>
    meanOf(
      Float64Array.from(evidence, (fault) => Number(fault === '')),
      'higher',
      'json-schema|draft:07|version:parlance-1',
    ),
  reason: (fault) => fault || undefined,
});

function validatorOf(schema: object): ValidateFunction {
  const known = compiled.get(schema);
  if (known) return known;
  try {
    const validate = new Ajv({ strict: false }).compile(schema);
    compiled.set(schema, validate);
    return validate;
  } catch (cause) {
    throw new ParlanceError(
      'invalid_input',
      `The scorer json-schema has no valid schema: ${(cause as Error).message}`,
      {
        cause,
      },
    );
  }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
