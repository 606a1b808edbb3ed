import { describe, expect, it } from 'vitest';
import { type Measured, meanOf } from '../metrics/metric.ts';
import { compare } from './compare.ts';
import { groupsOf } from './groups.ts';
import { intervalOf } from './interval.ts';
import { correctedRate } from './judge.ts';
import { cohensKappa, crossed } from './kappa.ts';
import { krippendorff } from './krippendorff.ts';
import { tango } from './mcnemar.ts';
import { pairOf } from './paired.ts';
import { detectableShare } from './power.ts';
import { randomOf } from './random.ts';

const accuracy = (rows: number[]) => meanOf(Float64Array.from(rows), 'higher', 'metric:accuracy');
const rowsOf = (count: number) => groupsOf(Array.from({ length: count }, (_, row) => `row ${row}`));
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

/** How many of some trials come true, as a share. */
const shareOf = (trials: number, holds: (trial: number) => boolean) =>
  times(trials, holds).filter(Boolean).length / trials;

/** Even numbers from 0 to 1, whole ones below a bound, and normal ones (Box & Muller 1958). */
function chance(seed: number) {
  const random = randomOf(seed);
  const numbers = new Uint32Array(1024);
  let used = numbers.length;
  const even = () => {
    if (used === numbers.length) {
      random(numbers);
      used = 0;
    }
    return ((numbers[used++] as number) + 0.5) / 2 ** 32;
  };
  return {
    even,
    below: (bound: number) => Math.floor(even() * bound),
    normal: () => Math.sqrt(-2 * Math.log(even())) * Math.cos(2 * Math.PI * even()),
  };
}

/** Errors among words: a metric of a whole corpus. */
function rate(rows: Array<[errors: number, words: number]>): Measured {
  const errors = Float64Array.from(rows, ([count]) => count);
  const words = Float64Array.from(rows, ([, count]) => count);
  return {
    ...meanOf(
      errors.map((count, row) => count / (words[row] as number)),
      'lower',
      'metric:wer',
    ),
    mean: false,
    of(weights) {
      let above = 0;
      let below = 0;
      for (let row = 0; row < rows.length; row++) {
        const weight = weights ? (weights[row] as number) : 1;
        above += weight * (errors[row] as number);
        below += weight * (words[row] as number);
      }
      return below > 0 ? above / below : 0;
    },
  };
}

/** Two systems of which each alone is right on some rows. */
function rivals({ even }: ReturnType<typeof chance>, rows: number, first: number, second: number) {
  const both = times(rows, () => {
    const draw = even();
    return draw < first ? [1, 0] : draw < first + second ? [0, 1] : draw < 0.8 ? [1, 1] : [0, 0];
  });
  return pairOf(
    both.map(([one]) => one as number),
    both.map(([, other]) => other as number),
    accuracy,
  );
}

describe('a verdict', () => {
  it('is almost never given on systems that are alike: zeros and ones', () => {
    const source = chance(1);
    const groups = rowsOf(300);
    const wrong = shareOf(
      2000,
      () => compare(rivals(source, 300, 0.06, 0.06), groups).verdict !== 'inconclusive',
    );
    expect(wrong).toBeLessThanOrEqual(0.06);
    expect(wrong).toBeGreaterThan(0.01);
  });

  it('is almost never given on systems that are alike: a corpus metric', () => {
    const { below, even } = chance(2);
    const groups = rowsOf(80);
    const wrong = shareOf(300, (seed) => {
      const words = times(80, () => 5 + below(20));
      const system = () =>
        words.map((count): [number, number] => [times(count, even).filter((x) => x < 0.2).length, count]);
      const options = { seed, resamples: 500, swaps: 500 };
      return compare(pairOf(system(), system(), rate), groups, options).verdict !== 'inconclusive';
    });
    expect(wrong).toBeLessThanOrEqual(0.06);
    expect(wrong).toBeGreaterThan(0.01);
  });

  it('finds three points of 2,000 rows with 10 % disagreement', () => {
    const source = chance(3);
    const groups = rowsOf(2000);
    const found = shareOf(
      500,
      () => compare(rivals(source, 2000, 0.065, 0.035), groups).verdict === 'better',
    );
    expect(found).toBeGreaterThanOrEqual(0.9);
  });

  it('finds what the set can show about four times out of five', () => {
    const source = chance(4);
    const groups = rowsOf(1000);
    const gain = detectableShare(1000, 0.1);
    const found = shareOf(
      1000,
      () => compare(rivals(source, 1000, 0.05 + gain / 2, 0.05 - gain / 2), groups).verdict === 'better',
    );
    expect(found).toBeGreaterThan(0.75);
    expect(found).toBeLessThan(0.85);
  });
});

describe('an interval of 95 % holds the truth about so often', () => {
  const near = (share: number, lowest = 0.93) => {
    expect(share).toBeGreaterThanOrEqual(lowest);
    expect(share).toBeLessThanOrEqual(0.975);
  };
  const holds = ({ low, high }: { low: number; high: number }, truth: number) =>
    low <= truth && truth <= high;

  it('of zeros and ones', () => {
    const { even } = chance(5);
    const groups = rowsOf(100);
    near(
      shareOf(2000, () => holds(intervalOf(accuracy(times(100, () => Number(even() < 0.9))), groups), 0.9)),
    );
  });

  it('of rows in documents, where an interval that takes them for independent does not', () => {
    const { normal, below } = chance(6);
    const trials = times(1000, () => {
      const rows = times(30, (document) => {
        const own = normal();
        return times(2 + below(8), () => [document, 5 + own + normal()] as const);
      }).flat();
      const metric = meanOf(
        Float64Array.from(rows, ([, value]) => value),
        'higher',
        'metric:mean',
      );
      const clustered = intervalOf(metric, groupsOf(rows.map(([document]) => `${document}`)));
      return [holds(clustered, 5), holds(intervalOf(metric, rowsOf(rows.length)), 5)] as const;
    });
    near(trials.filter(([clustered]) => clustered).length / 1000);
    expect(trials.filter(([, independent]) => independent).length / 1000).toBeLessThan(0.8);
  });

  it('of a corpus metric over documents', () => {
    const { normal, below } = chance(7);
    const share = shareOf(1000, (seed) => {
      const rows = times(60, (document) => {
        const own = 0.25 + 0.1 * normal();
        return times(1 + below(4), () => {
          const words = 5 + below(30);
          return [document, [words * (own + 0.05 * normal()), words]] as [number, [number, number]];
        });
      }).flat();
      const groups = groupsOf(rows.map(([document]) => `${document}`));
      return holds(intervalOf(rate(rows.map(([, row]) => row)), groups, { seed, resamples: 300 }), 0.25);
    });
    near(share, 0.92);
  });

  it('of a difference of shares, of κ, and of a corrected rate', () => {
    const { even } = chance(8);
    const difference = shareOf(2000, () => {
      const draws = times(150, even);
      const first = draws.filter((draw) => draw < 0.12).length;
      const second = draws.filter((draw) => draw > 0.96).length;
      return holds(tango({ first, second, rows: 150 }), 0.08);
    });
    near(difference);
    // Both say either label as often; where they are not at one by themselves (0.6), they are by chance.
    const kappa = shareOf(2000, () => {
      const label = () => (even() < 0.5 ? 'yes' : 'no');
      const first = times(200, label);
      const second = first.map((each) => (even() < 0.6 ? each : label()));
      return holds(cohensKappa(crossed(['yes', 'no'], first, second)), 0.6);
    });
    near(kappa);
    const corrected = shareOf(2000, () => {
      const said = (pass: boolean) => even() < (pass ? 0.9 : 0.15);
      const count = (pass: boolean, rows: number) => times(rows, () => said(pass)).filter(Boolean).length;
      const found = count(true, 120);
      const raised = count(false, 80);
      const matrix = {
        labels: ['pass', 'fail'],
        counts: [
          [found, 120 - found],
          [raised, 80 - raised],
        ],
      };
      const hits = times(400, () => said(even() < 0.7)).filter(Boolean).length;
      return holds(correctedRate(matrix, 'pass', { hits, rows: 400 }), 0.7);
    });
    near(corrected);
  });
});

it('shuffled labels score chance', () => {
  const { below } = chance(9);
  const labels = ['a', 'b', 'c', 'd'];
  const groups = rowsOf(200);
  const trials = times(200, () => {
    const draw = () => times(200, () => labels[below(4)] as string);
    const [expected, said] = [draw(), draw()];
    const right = accuracy(expected.map((label, row) => Number(label === said[row])));
    const { low, high } = intervalOf(right, groups);
    const kappa = cohensKappa(crossed(labels, expected, said));
    const alpha = krippendorff(
      expected.map((label, row) => [label, said[row] as string]),
      'nominal',
    ).of();
    return { accuracy: low <= 0.25 && high >= 0.25, kappa: kappa.low <= 0 && kappa.high >= 0, alpha };
  });
  expect(trials.filter((trial) => trial.accuracy).length / 200).toBeGreaterThan(0.9);
  expect(trials.filter((trial) => trial.kappa).length / 200).toBeGreaterThan(0.9);
  expect(trials.reduce((sum, { alpha }) => sum + alpha, 0) / 200).toBeCloseTo(0, 1.5);
});
