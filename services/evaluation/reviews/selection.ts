import { type Measurement, ParlanceError, type ReviewSelection } from '#contracts';
import { shuffled } from './drawing.ts';

/** A row that could be judged. */
export interface Candidate {
  id: string;
  /** Whether a run has an error for an answer. */
  errored: boolean;
  /** What the scorer of the selection made of it in each run; null where it did not judge. */
  values: (number | null)[];
}

/**
 * The rows that a selection means: those that were listed in their order, any others in an order that the seed decides, so
 * that their place in the queue tells raters nothing. Throws `invalid_input` for a listed row that the runs do not have, and
 * when nothing is left to judge.
 */
export function selectRows(
  candidates: readonly Candidate[],
  selection: ReviewSelection,
  { seed, better }: { seed: number; better: Measurement['better'] },
): string[] {
  if ('rows' in selection) return listed(candidates, selection.rows);
  const chosen = chosenBy(candidates, selection, seed, better);
  if (chosen.length === 0)
    throw ParlanceError.field('/select', 'Nothing in the runs is like this. Choose otherwise.');
  return shuffled(seed, 'order', chosen);
}

function chosenBy(
  candidates: readonly Candidate[],
  selection: Exclude<ReviewSelection, { rows: string[] }>,
  seed: number,
  better: Measurement['better'],
): string[] {
  const all = candidates.map(({ id }) => id);
  if ('random' in selection) return shuffled(seed, 'pick', all).slice(0, selection.random);
  if ('errored' in selection) {
    const errored = candidates.filter((each) => each.errored).map(({ id }) => id);
    return shuffled(seed, 'pick', errored).slice(0, selection.errored);
  }
  // Among equals the seed decides, or the first rows of the suite would always be the ones.
  const lot = new Map(shuffled(seed, 'pick', all).map((id, place) => [id, place]));
  const first = (weighed: { id: string; weight: number }[], most: number) =>
    weighed
      .sort((a, b) => b.weight - a.weight || (lot.get(a.id) ?? 0) - (lot.get(b.id) ?? 0))
      .slice(0, most)
      .map(({ id }) => id);
  if ('worst' in selection) {
    const sign = better === 'higher' ? -1 : 1;
    const judged = candidates.flatMap(({ id, values: [value = null] }) =>
      value === null ? [] : { id, weight: sign * value },
    );
    return first(judged, selection.worst);
  }
  const apart = candidates.flatMap(({ id, values: [a = null, b = null] }) =>
    a === null || b === null || a === b ? [] : { id, weight: Math.abs(a - b) },
  );
  return first(apart, selection.disagreements);
}

function listed(candidates: readonly Candidate[], rows: readonly string[]): string[] {
  const known = new Set(candidates.map(({ id }) => id));
  rows.forEach((id, index) => {
    if (!known.has(id))
      throw ParlanceError.field(`/select/rows/${index}`, 'The runs have no row of this id.');
    if (rows.indexOf(id) !== index) throw ParlanceError.field(`/select/rows/${index}`, 'It is listed twice.');
  });
  return [...rows];
}
