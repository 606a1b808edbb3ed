import { z } from 'zod';
import { fieldF1 as fieldF1Of } from '../metrics/fields.ts';
import { spanF1 as spanF1Of } from '../metrics/spans.ts';
import { unusable } from './expected.ts';
import { defineScorer } from './scorer.ts';

const spans = z.array(z.object({ label: z.string(), start: z.number().int(), end: z.number().int() }));
const fields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

type Spans = z.infer<typeof spans>;
type Named = z.infer<typeof fields>;

/** Labelled pieces of a text: entities, what is to be blacked out. */
export const spanF1 = defineScorer({
  name: 'span-f1',
  summary: 'F1 of labelled spans. Looks at a list of {label, start, end}.',
  options: z.strictObject({ match: z.enum(['exact', 'overlap']).default('exact') }),
  judge: (said): [Spans, Spans | null] => [
    parsed(spans, said, 'a list of spans'),
    spans.safeParse(said.output).data ?? null,
  ],
  missed: (asked): [Spans, Spans | null] => [parsed(spans, asked, 'a list of spans'), null],
  measure: (evidence: [Spans, Spans | null][], options) =>
    spanF1Of(
      evidence.map(([expected, predicted]) => ({ expected, predicted })),
      options,
    ),
});

/** The fields of a document, by name. */
export const fieldF1 = defineScorer({
  name: 'field-f1',
  summary: 'F1 of a document’s fields. Looks at a record of name and value.',
  options: z.strictObject({}),
  judge: (said): [Named, Named | null] => [
    parsed(fields, said, 'fields'),
    fields.safeParse(said.output).data ?? null,
  ],
  missed: (asked): [Named, Named | null] => [parsed(fields, asked, 'fields'), null],
  measure: (evidence: [Named, Named | null][]) =>
    fieldF1Of(evidence.map(([expected, predicted]) => ({ expected, predicted }))),
});

function parsed<T>(schema: z.ZodType<T>, asked: Parameters<typeof unusable>[0], wanted: string): T {
  const { data } = schema.safeParse(asked.expected);
  if (data === undefined) throw unusable(asked, wanted);
  return data;
}
