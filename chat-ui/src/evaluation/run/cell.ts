import type { EvaluationRun, SampleQuery, StoredSample } from '#contracts';

/** A cell of the matrix, and the scorer whose evidence was counted in it. */
export interface Cell {
  scorer: string;
  expected: string;
  /** Empty for no answer, or none of the labels. */
  said: string;
  labels: readonly string[];
}

/** The scorers that compare labels. A matrix is that of the first of them. */
const ofLabels = new Set(['accuracy', 'mcc', 'precision', 'recall', 'f1']);

/** The cell that an address means; undefined for a run without a matrix. */
export function cellOf(
  { suite, matrix }: Pick<EvaluationRun, 'suite' | 'matrix'>,
  { expected, said = '' }: { expected?: string; said?: string },
): Cell | undefined {
  const scorer = suite.scorers.find(({ name }) => ofLabels.has(name));
  if (!matrix || !scorer || expected === undefined) return undefined;
  return { scorer: scorer.as ?? scorer.name, expected, said, labels: matrix.labels };
}

/** What the server can leave out already: such a scorer gives 1 for the expected label and 0 for another. */
export function withinCell(cell: Cell | undefined): Pick<SampleQuery, 'scorer' | 'below' | 'above'> {
  if (!cell) return {};
  return { scorer: cell.scorer, ...(cell.expected === cell.said ? { above: 0.5 } : { below: 0.5 }) };
}

/** Whether a sample was counted in the cell. The evidence is the expected label and the one that was answered, or null. */
export function inCell(
  { scores }: Pick<StoredSample, 'scores'>,
  { scorer, expected, said, labels }: Cell,
): boolean {
  const evidence = scores[scorer]?.evidence;
  if (!Array.isArray(evidence)) return false;
  const [asked, answered] = evidence;
  const known = typeof answered === 'string' && labels.includes(answered) ? answered : '';
  return asked === expected && known === said;
}
