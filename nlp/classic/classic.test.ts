import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '#inference';
import { fitTemperature, fitThreshold, type Scored, tempered } from './calibration.ts';
import { stratifiedFolds, stratifiedSample } from './folds.ts';
import { decodeHead, encodeHead, type Head, probabilitiesOf } from './head.ts';
import { logitsOf, type SparseRow, trainLogistic } from './logistic.ts';
import { featuresOf } from './text-features.ts';
import { type TrainingRow, trainHead } from './train.ts';

const row = (...value: number[]): SparseRow => ({
  at: Uint32Array.from(value, (_, at) => at),
  value: Float32Array.from(value),
});
const highest = (values: ArrayLike<number>) => Array.from(values).indexOf(Math.max(...Array.from(values)));

describe('logistic regression', () => {
  const random = seededRandom(7);
  const points = Array.from({ length: 300 }, (_, at) => {
    const angle = ((at % 3) * 2 * Math.PI) / 3 + (random() - 0.5);
    return { label: at % 3, row: row(Math.cos(angle), Math.sin(angle)) };
  });
  const rows = points.map((each) => each.row);
  const labels = points.map(({ label }) => label);
  const shape = { features: 2, classes: 3 };
  const train = (l2: number) =>
    trainLogistic(rows, labels, shape, seededRandom(1), { l2, epochs: 40, batch: 16, rate: 0.5 });

  test('tells three classes apart, the same way each time', () => {
    const model = train(1e-5);
    const right = rows.filter((each, at) => highest(logitsOf(model, each)) === labels[at]);
    expect(right).toHaveLength(300);
    expect(train(1e-5).weights).toEqual(model.weights);
  });

  test('ends where the gradient of the penalised loss is near 0', () => {
    const whole = gradientOf(0.05);
    expect(Math.max(...whole.map(Math.abs))).toBeLessThan(0.01);
  });

  function gradientOf(l2: number): number[] {
    const model = train(l2);
    const sums = Array.from(model.weights, (weight) => l2 * weight);
    for (const [at, each] of rows.entries()) {
      const p = tempered(logitsOf(model, each), 1);
      for (let feature = 0; feature < 2; feature++)
        for (let k = 0; k < 3; k++) {
          const error = (p[k] ?? 0) - Number(labels[at] === k);
          const place = feature * 3 + k;
          sums[place] = (sums[place] ?? 0) + (error * (each.value[feature] ?? 0)) / rows.length;
        }
    }
    return sums;
  }

  test('logits are the sum of what each feature gives, however many there are', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { maxLength: 11 }), (values) => {
        const model = {
          features: 11,
          classes: 2,
          weights: Float32Array.from({ length: 22 }, (_, at) => Math.sin(at)),
          bias: Float32Array.of(0.5, -0.5),
        };
        const logits = logitsOf(model, row(...values));
        for (const k of [0, 1]) {
          const sum = values.reduce((all, value, at) => all + value * Math.sin(2 * at + k), k ? -0.5 : 0.5);
          expect(logits[k]).toBeCloseTo(sum, 4);
        }
      }),
    );
  });
});

describe('calibration', () => {
  test('finds the temperature by which logits were made too sure', () => {
    const random = seededRandom(3);
    const held = Array.from({ length: 4000 }, () => {
      const honest = [2 * random(), 2 * random(), 2 * random()];
      const p = tempered(honest, 1);
      const drawn = random();
      const label = drawn < (p[0] ?? 0) ? 0 : drawn < (p[0] ?? 0) + (p[1] ?? 0) ? 1 : 2;
      return { logits: Float32Array.from(honest, (logit) => 3 * logit), label };
    });
    const temperature = fitTemperature(held);
    expect(temperature).toBeGreaterThan(2.4);
    expect(temperature).toBeLessThan(3.8);
    expect(fitTemperature([])).toBe(1);
  });

  test('the threshold is between strangers and friends', () => {
    const rows: Scored[] = [
      ...[0.9, 0.8, 0.7].map((top) => ({ top, right: true })),
      ...[0.5, 0.4, 0.3].map((top) => ({ top })),
    ];
    expect(fitThreshold(rows)).toEqual({ value: 0.6, accuracy: 1, recall: 1 });
    expect(fitThreshold([{ top: 1 }])).toBeUndefined();
    // A stranger above the friends may cost no more right answers than was said.
    const hard = [...rows, { top: 0.95 }, { top: 0.94 }, { top: 0.93 }, { top: 0.92 }, { top: 0.91 }];
    expect(fitThreshold(hard, 0.95)?.accuracy).toBe(1);
  });
});

test('folds have each class spread over them, and samples each class in proportion', () => {
  const labels = Array.from({ length: 1000 }, (_, at) => (at % 10 === 0 ? 1 : 0));
  const folds = stratifiedFolds(labels, 5, seededRandom(1));
  for (let fold = 0; fold < 5; fold++)
    expect(labels.filter((label, at) => label === 1 && folds[at] === fold)).toHaveLength(20);
  const sample = stratifiedSample(labels, 100, seededRandom(1));
  expect(sample).toHaveLength(100);
  expect(sample.filter((at) => labels[at] === 1)).toHaveLength(10);
});

test('features are the embedding and n-grams of one length, the same for the same words', () => {
  const vector = Float32Array.of(0.6, 0.8);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const { at, value } = featuresOf(text, vector, { buckets: 64, weight: 0.5 });
      expect([...value.slice(0, 2)]).toEqual([...vector]);
      expect(new Set(at).size).toBe(at.length);
      expect(Math.max(...at)).toBeLessThan(66);
      const length = Math.hypot(...value.slice(2));
      if (value.length > 2) expect(length).toBeCloseTo(0.5, 5);
    }),
  );
  const settings = { buckets: 64, weight: 0.5 };
  expect(featuresOf('Where IS it?', vector, settings)).toEqual(featuresOf('where is it', vector, settings));
});

describe('a trained head', () => {
  const words = ['parcel', 'refund', 'password', 'invoice', 'roaming', 'router', 'contract'];
  const random = seededRandom(5);
  const textOf = (label: string) => `${label} ${['please', 'now', 'where', 'how'][Math.floor(random() * 4)]}`;
  const vectorOf = (at: number) => {
    const vector = Float32Array.from({ length: 8 }, (_, unit) => (unit === at ? 1 : 0.3 * random()));
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  };
  const rows: TrainingRow[] = Array.from({ length: 140 }, (_, at) => {
    const place = at % 7;
    const label = words[place] as string;
    return { text: textOf(label), label, vector: vectorOf(place) };
  });
  const strangers: TrainingRow[] = Array.from({ length: 20 }, () => ({
    text: 'what is the weather',
    label: null,
    vector: vectorOf(7),
  }));

  test('knows its labels, says how well, and sends strangers away when it was shown some', () => {
    const { head, report } = trainHead([...rows, ...strangers]);
    expect(head.labels).toEqual([...words].sort());
    expect(report).toMatchObject({ measured: 140, outOfScope: { by: 'rows' } });
    expect(report.right).toBeGreaterThan(135);
    expect(report.outOfScope.recall).toBeGreaterThan(0.9);
    const topOf = (text: string, vector: Float32Array) => Math.max(...probabilitiesOf(head, text, vector));
    expect(topOf('is it sunny outside', vectorOf(7))).toBeLessThan(head.threshold);
    expect(topOf('parcel when', vectorOf(0))).toBeGreaterThan(head.threshold);
  });

  test('without strangers the threshold comes from classes left out, and few classes have none', () => {
    expect(trainHead(rows).report.outOfScope.by).toBe('classes');
    const two = rows.filter(({ label }) => label === 'parcel' || label === 'refund');
    const { head, report } = trainHead(two);
    expect(report.outOfScope).toEqual({ by: 'nothing' });
    expect(head.threshold).toBe(0);
  });

  test('is the same after being written and read; what is not whole is refused', () => {
    const { head } = trainHead(rows);
    const bytes = encodeHead(head, 'one');
    expect(decodeHead(bytes)).toEqual<Head>(head);
    for (const broken of [
      bytes.subarray(0, 10),
      bytes.subarray(0, -1),
      Buffer.from('no head at all, just text'),
    ])
      expect(() => decodeHead(broken)).toThrow(/damaged/);
  });
});
