import { ParlanceError, type Sample } from '#contracts';

/** What a row expects, as one text. Throws `invalid_input` when it is nothing or not a text, a number or a truth value. */
export function textOf(expected: Sample['expected'], { id }: Sample): string {
  if (typeof expected === 'string') return expected;
  if (typeof expected === 'number' || typeof expected === 'boolean') return String(expected);
  throw new ParlanceError(
    'invalid_input',
    `Row ${id} says nothing that its answer could be compared with: set dataset.fields.expected, or choose another scorer.`,
  );
}
