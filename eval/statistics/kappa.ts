import { type ConfusionMatrix, ParlanceError } from '#contracts';
import { usual } from './bootstrap.ts';
import { normalQuantile } from './distributions.ts';
import { type Figure, wilson } from './interval.ts';

/** How bad a disagreement is: all alike, or by the distance between labels, or by its square. */
export type KappaWeights = 'none' | 'linear' | 'quadratic';

/** How often each label of the first rater (row) met each of the second (column). Throws `invalid_input` for a label that is not listed. */
export function crossed(
  labels: readonly string[],
  first: readonly string[],
  second: readonly string[],
): ConfusionMatrix {
  if (first.length !== second.length) {
    const detail = `One rater has ${first.length} labels and the other ${second.length}: give the rows that both rated.`;
    throw new ParlanceError('invalid_input', detail);
  }
  const places = new Map(labels.map((label, place) => [label, place]));
  const placeOf = (label: string) => {
    const place = places.get(label);
    if (place !== undefined) return place;
    throw new ParlanceError('invalid_input', `The label ${label} is not among ${labels.join(', ')}.`);
  };
  const counts = labels.map(() => labels.map(() => 0));
  for (const [index, label] of first.entries()) {
    const row = counts[placeOf(label)] as number[];
    const column = placeOf(second[index] as string);
    row[column] = (row[column] as number) + 1;
  }
  return { labels: [...labels], counts };
}

/**
 * Cohen's κ (1960), or weighted κ (1968) for labels that have an order, which is that of the matrix: agreement of two raters
 * beyond chance, from −1 to 1. The interval is by the large-sample variance of Fleiss, Cohen & Everitt 1969, within −1…1.
 *
 * Where both raters only ever used one and the same label, chance explains everything: 0, anywhere in −1…1. Where they agree on
 * all rows the variance is 0; there the lower end is what Wilson's lower end of the raw agreement leaves.
 */
export function cohensKappa(
  { counts }: ConfusionMatrix,
  weights: KappaWeights = 'none',
  level = usual.level,
): Figure {
  const rows = counts.flat().reduce((sum, count) => sum + count, 0);
  const credit = creditOf(weights, counts.length);
  const first = counts.map((row) => row.reduce((sum, count) => sum + count, 0) / rows);
  const second = counts.map((_, j) => counts.reduce((sum, row) => sum + (row[j] as number), 0) / rows);
  const over = (term: (i: number, j: number) => number) =>
    first.reduce((sum, _, i) => sum + second.reduce((inner, _, j) => inner + term(i, j), 0), 0);
  const share = (i: number, j: number) => (counts[i]?.[j] as number) / rows;
  const observed = over((i, j) => share(i, j) * credit(i, j));
  const expected = over((i, j) => (first[i] as number) * (second[j] as number) * credit(i, j));
  if (rows === 0 || 1 - expected < 1e-12) return { value: 0, low: -1, high: 1, rows };

  const value = (observed - expected) / (1 - expected);
  const ofFirst = first.map((_, i) => second.reduce((sum, each, j) => sum + each * credit(i, j), 0));
  const ofSecond = second.map((_, j) => first.reduce((sum, each, i) => sum + each * credit(i, j), 0));
  const squares = over((i, j) => {
    const chance = (ofFirst[i] as number) + (ofSecond[j] as number);
    return share(i, j) * (credit(i, j) - chance * (1 - value)) ** 2;
  });
  const variance = (squares - (value - expected * (1 - value)) ** 2) / (rows * (1 - expected) ** 2);
  if (observed > 1 - 1e-12) {
    const agreed = wilson(rows, rows, level).low;
    return { value: 1, low: (agreed - expected) / (1 - expected), high: 1, rows };
  }
  const spread = normalQuantile((1 + level) / 2) * Math.sqrt(Math.max(0, variance));
  return { value, low: Math.max(-1, value - spread), high: Math.min(1, value + spread), rows };
}

/** How much of an agreement two labels are, from 0 to 1. */
function creditOf(weights: KappaWeights, labels: number): (i: number, j: number) => number {
  const widest = Math.max(1, labels - 1);
  if (weights === 'none') return (i, j) => (i === j ? 1 : 0);
  if (weights === 'linear') return (i, j) => 1 - Math.abs(i - j) / widest;
  return (i, j) => 1 - ((i - j) / widest) ** 2;
}
