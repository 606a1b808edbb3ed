import { ParlanceError } from '#contracts';

/** What was written, beside one or more texts that would have been right. */
export interface TextRow {
  output: string;
  references: readonly string[];
}

/** The same rows. Throws `invalid_input` when one has no reference. */
export function withReferences<Row extends Pick<TextRow, 'references'>>(
  rows: readonly Row[],
): readonly Row[] {
  const row = rows.findIndex(({ references }) => references.length === 0);
  if (row < 0) return rows;
  throw new ParlanceError(
    'invalid_input',
    `Row ${row} has no reference: give it at least one text to compare with.`,
  );
}

/** How many references rows have, by the first number of what each counts for, as a signature says it: a number, or `var` where they differ. */
export function referencesOf(counts: readonly (readonly number[])[]): string {
  const distinct = new Set(counts.map(([references]) => references));
  return distinct.size === 1 ? String([...distinct][0]) : 'var';
}
