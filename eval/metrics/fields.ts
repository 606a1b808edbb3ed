import type { Measured } from './metric.ts';
import { type NamedThings, namedThingsF1, unanswered } from './named-things.ts';
import { wordsOf } from './text/white-space.ts';

/** The fields of a document. Null and blank text say that there is no such field. */
export type Fields = Readonly<Record<string, string | number | boolean | null>>;

/** The fields that one document has and those that were read; null is no answer. */
export interface FieldRow {
  expected: Fields;
  predicted: Fields | null;
}

/**
 * F1 of fields over all rows, 0…1. A field is right when its value is the expected one, compared without regard to case, to white space
 * and to how Unicode composes characters (NFKC); a number is also what is written as one: 12.5 and "12.50", but not "007" and "7". A
 * wrong value is one missed and one wrongly named. What it is of nothing and its parts: see `namedThingsF1`.
 */
export const fieldF1 = (rows: readonly FieldRow[]): Measured =>
  namedThingsF1(rows.map(thingsOf), 'field-f1|norm:nfkc,case,space|average:micro|version:parlance-1');

function thingsOf({ expected, predicted }: FieldRow): NamedThings {
  const wanted = presentIn(expected);
  if (predicted === null) return unanswered([...wanted.keys()]);
  const named = presentIn(predicted);
  const right = [...named].filter(([field, value]) => isSame(value, wanted.get(field)));
  return {
    expected: [...wanted.keys()],
    named: [...named.keys()],
    right: right.map(([field]) => field),
  };
}

type Value = string | number | boolean;

function presentIn(fields: Fields): Map<string, Value> {
  const present = new Map<string, Value>();
  for (const [field, value] of Object.entries(fields)) {
    const plain = typeof value === 'string' ? plainText(value) : value;
    if (plain !== null && plain !== '') present.set(field, plain);
  }
  return present;
}

const plainText = (text: string) => wordsOf(text.normalize('NFKC').toLowerCase()).join(' ');

function isSame(one: Value, other: Value | undefined): boolean {
  if (other === undefined) return false;
  const isNumber = typeof one === 'number' || typeof other === 'number';
  return isNumber && typeof one !== 'boolean' && typeof other !== 'boolean'
    ? Number(one) === Number(other)
    : String(one) === String(other);
}
