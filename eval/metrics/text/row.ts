import { ParlanceError } from '#contracts';

/** What was written, beside one or more texts that would have been right. */
export interface TextRow {
  output: string;
  references: readonly string[];
}

/**
 * How many references the rows have, as a signature says it: a number, or `var` where they differ. Throws `invalid_input` when
 * a row has none.
 */
export function referencesOf(rows: readonly TextRow[]): string {
  const numbers = new Set(rows.map(({ references }) => references.length));
  if (numbers.has(0)) {
    const row = rows.findIndex(({ references }) => references.length === 0);
    throw new ParlanceError(
      'invalid_input',
      `Row ${row} has no reference: give it at least one text to compare with.`,
    );
  }
  return numbers.size === 1 ? String([...numbers][0]) : 'var';
}
