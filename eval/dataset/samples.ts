import {
  type DatasetReference,
  ParlanceError,
  type Sample,
  type SliceRule,
  type SuiteDocument,
} from '#contracts';
import type { Json } from '../run/json.ts';
import { at } from '../suite/pointer.ts';
import type { Row } from './rows.ts';

/**
 * Rows as samples. Throws `invalid_input` for a row without an input, and for an id that comes twice: pairs would be mistaken.
 */
export async function* samplesOf(
  rows: AsyncIterable<Row> | Iterable<Row>,
  { dataset, slices }: Pick<SuiteDocument, 'dataset' | 'slices'>,
): AsyncGenerator<Sample> {
  const seen = new Set<string>();
  let place = 0;
  for await (const row of rows) {
    place++;
    const sample = sampleOf(row, place, dataset, slices);
    if (seen.has(sample.id))
      throw new ParlanceError('invalid_input', `Row ${place} has the id ${sample.id}, as one before it has.`);
    seen.add(sample.id);
    yield sample;
  }
}

function sampleOf(
  row: Row,
  place: number,
  { fields }: DatasetReference,
  slices: SuiteDocument['slices'],
): Sample {
  const input = at(row, fields.input);
  if (input === undefined)
    throw new ParlanceError(
      'invalid_input',
      `Row ${place} has nothing at ${fields.input}: set dataset.fields.input.`,
    );
  const id = named(at(row, fields.id)) ?? String(place);
  return {
    id,
    input,
    expected: at(row, fields.expected) ?? null,
    group: named(at(row, fields.group)) ?? id,
    slices: Object.fromEntries(Object.entries(slices).map(([name, rule]) => [name, sliceOf(row, rule)])),
  };
}

const named = (value: Json | undefined) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;

function sliceOf(row: Row, rule: SliceRule): string {
  if (typeof rule === 'string') return named(at(row, rule)) ?? '(none)';
  const text = at(row, rule.wordsOf);
  const words = typeof text === 'string' ? (text.match(/\S+/g)?.length ?? 0) : 0;
  const edges = [...rule.upTo].sort((a, b) => a - b);
  const index = edges.findIndex((edge) => words <= edge);
  if (index < 0) return `over ${edges.at(-1)} words`;
  return index === 0
    ? `up to ${edges[0]} words`
    : `${(edges[index - 1] as number) + 1}–${edges[index]} words`;
}
