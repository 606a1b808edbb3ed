import { ParlanceError } from '#contracts';
import type { Measured } from '../metrics/metric.ts';

/** What a difference between two ratings means: another label, more steps apart, farther apart, or another proportion. */
export type Scale = 'nominal' | 'ordinal' | 'interval' | 'ratio';

type Rating = string | number;

/**
 * Krippendorff's α (Content Analysis, 2004, chapter 11): agreement beyond chance of any number of raters, any of whom may have
 * left items out; `items` has what was said of each item, with null for no rating. 1 is perfect, 0 is chance. Its interval
 * is `intervalOf` over items, the bootstrap of Zapf et al. 2016. `each` is the share of an item's pairs of ratings that are
 * the same.
 *
 * Where all ratings are the same, or no item has two, agreement cannot be told from chance: 0. Throws `invalid_input` for
 * ratings that are not numbers, on a scale other than nominal.
 */
export function krippendorff(items: ReadonlyArray<ReadonlyArray<Rating | null>>, scale: Scale): Measured {
  const rated = items.map((item) => item.filter((rating) => rating !== null));
  const values = distinct(rated.flat(), scale);
  const places = new Map(values.map((value, place) => [value, place]));
  const counts = rated.map((item) => countsOf(item.map((rating) => places.get(rating) as number)));
  const coincidences = counts.map((each) => coincidencesOf(each, values.length));
  const distances = scale === 'ordinal' ? null : distancesOf(values, scale);
  return {
    rows: items.length,
    each: Float64Array.from(counts, sameShare),
    mean: false,
    better: 'higher',
    signature: `metric:krippendorff-alpha|scale:${scale}|version:1`,
    of(weights) {
      const matrix = new Float64Array(values.length ** 2);
      for (const [item, cells] of coincidences.entries()) {
        const weight = weights ? (weights[item] as number) : 1;
        if (weight > 0)
          for (const [cell, count] of cells) matrix[cell] = (matrix[cell] as number) + weight * count;
      }
      return alphaOf(matrix, values.length, distances);
    },
  };
}

function distinct(ratings: Rating[], scale: Scale): Rating[] {
  if (scale === 'nominal') return [...new Set(ratings)];
  const odd = ratings.find((rating) => !Number.isFinite(rating));
  if (odd === undefined) return [...new Set(ratings as number[])].sort((a, b) => a - b);
  throw new ParlanceError(
    'invalid_input',
    `The rating ${odd} is not a number: ${scale} agreement needs numbers.`,
  );
}

/** How often each value was given to one item. */
function countsOf(places: number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const place of places) counts.set(place, (counts.get(place) ?? 0) + 1);
  return counts;
}

const ratingsOf = (counts: Map<number, number>) =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

function sameShare(counts: Map<number, number>): number {
  const ratings = ratingsOf(counts);
  const same = [...counts.values()].reduce((sum, count) => sum + count * (count - 1), 0);
  return ratings > 1 ? same / (ratings * (ratings - 1)) : 1;
}

/** What one item adds to the matrix of coincidences: its pairs of values, each by 1 / (ratings − 1). */
function coincidencesOf(counts: Map<number, number>, values: number): Array<[cell: number, count: number]> {
  const others = ratingsOf(counts) - 1;
  if (others < 1) return [];
  return [...counts].flatMap(([a, ofA]) =>
    [...counts].map(([b, ofB]): [number, number] => [
      a * values + b,
      (ofA * (a === b ? ofB - 1 : ofB)) / others,
    ]),
  );
}

/** The squared distances of values, in rows, on the scales where they do not hang on how often each value is there. */
function distancesOf(values: Rating[], scale: Exclude<Scale, 'ordinal'>): Float64Array {
  const distance = (a: Rating, b: Rating) => {
    if (a === b) return 0;
    if (scale === 'nominal') return 1;
    const apart = Number(a) - Number(b);
    return scale === 'interval' ? apart ** 2 : (apart / (Number(a) + Number(b))) ** 2;
  };
  return Float64Array.from(values.flatMap((a) => values.map((b) => distance(a, b))));
}

/** 1 − observed / expected disagreement; without `distances` they are the ordinal ones of this matrix. */
function alphaOf(matrix: Float64Array, values: number, distances: Float64Array | null): number {
  const totals = new Float64Array(values);
  for (const [cell, count] of matrix.entries()) {
    const row = Math.floor(cell / values);
    totals[row] = (totals[row] as number) + count;
  }
  let observed = 0;
  let expected = 0;
  let all = 0;
  for (let a = 0; a < values; a++) {
    const ofA = totals[a] as number;
    all += ofA;
    let between = ofA / 2;
    for (let b = a + 1; b < values; b++) {
      const ofB = totals[b] as number;
      const cell = a * values + b;
      const squared = distances ? (distances[cell] as number) : (between + ofB / 2) ** 2;
      observed += (matrix[cell] as number) * squared;
      expected += ofA * ofB * squared;
      between += ofB;
    }
  }
  return expected > 0 ? 1 - ((all - 1) * observed) / expected : 0;
}
