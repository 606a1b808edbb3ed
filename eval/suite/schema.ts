import { z } from 'zod';
import { scorerReference, suiteDocument } from '#contracts';
import { scorers } from '../scorers/index.ts';
import type { Scorer } from '../scorers/scorer.ts';

type Schema = Record<string, unknown>;

/** The JSON Schema of a suite, with every scorer's own options: what editors complete and check by. */
export function suiteSchema(): Schema {
  const schema = z.toJSONSchema(suiteDocument, { io: 'input' }) as { properties: Record<string, Schema> };
  const scorer = schema.properties.scorers as Schema;
  return {
    ...schema,
    title: 'Parlance evaluation suite',
    properties: {
      ...schema.properties,
      scorers: { ...scorer, items: { oneOf: Object.values(scorers).map(schemaOf) } },
    },
  };
}

function schemaOf(scorer: Pick<Scorer, 'name' | 'summary' | 'options'>): Schema {
  const { properties: shared } = z.toJSONSchema(scorerReference, { io: 'input' });
  const options = z.toJSONSchema(scorer.options, { io: 'input' });
  return {
    type: 'object',
    description: scorer.summary,
    properties: { ...shared, name: { const: scorer.name }, ...options.properties },
    required: ['name', ...(options.required ?? [])],
    additionalProperties: false,
  };
}
