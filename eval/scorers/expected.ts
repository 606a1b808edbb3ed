import { ParlanceError } from '#contracts';
import type { Json } from '../run/json.ts';
import type { Said } from './scorer.ts';

type Asked = Omit<Said, 'output'>;

/** A row that does not say what its scorer compares with. */
export const unusable = ({ sample }: Asked, wanted: string): ParlanceError =>
  new ParlanceError(
    'invalid_input',
    `Row ${sample.id} does not say ${wanted} for its answer to be compared with. Set dataset.fields.expected or the scorer's "expects", or choose another scorer.`,
  );

/** A label or another single value, as text; undefined for anything with parts. */
export const plain = (value: Json): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;

/** What the row expects as one text. Throws `invalid_input` when it is none. */
export function expectedText(asked: Asked): string {
  const text = plain(asked.expected);
  if (text === undefined) throw unusable(asked, 'a text');
  return text;
}

/** What the row expects as one text or several that are all right. Throws `invalid_input` when there is none. */
export function expectedTexts(asked: Asked): string[] {
  const all = Array.isArray(asked.expected) ? asked.expected : [asked.expected];
  const texts = all.flatMap((each) => plain(each) ?? []);
  if (texts.length === 0 || texts.length < all.length) throw unusable(asked, 'a text, or a list of texts,');
  return texts;
}

/** What was said as a text: a single value as it is, anything else as its JSON. */
export const saidText = (output: Json): string => plain(output) ?? JSON.stringify(output);
