import type { Random } from '#inference';
import { shuffled } from './shuffled.ts';

/** One example as what it has of each feature. Features that are not named are 0. */
export interface SparseRow {
  at: Uint32Array;
  value: Float32Array;
}

/** A linear classifier: logits are `bias + Σ value · weights[feature]`, a row of `classes` weights a feature. */
export interface LinearModel {
  features: number;
  classes: number;
  weights: Float32Array;
  bias: Float32Array;
}

export interface LogisticSettings {
  /** Strength of the quadratic penalty, per example. */
  l2: number;
  epochs: number;
  /** Examples a step. */
  batch: number;
  /** First step of each weight, which shrinks as its gradients add up and falls to 0 over the epochs. */
  rate: number;
}

export const usualSettings: LogisticSettings = { l2: 1e-5, epochs: 15, batch: 32, rate: 0.2 };

/**
 * Multinomial logistic regression by stochastic gradients whose steps adapt to each weight (Duchi, Hazan & Singer 2011, AdaGrad).
 * Deterministic for the same rows and the same random numbers.
 *
 * @param labels the class of each row, 0…classes−1
 */
export function trainLogistic(
  rows: readonly SparseRow[],
  labels: ArrayLike<number>,
  { features, classes }: Pick<LinearModel, 'features' | 'classes'>,
  random: Random,
  { l2, epochs, batch, rate }: LogisticSettings = usualSettings,
): LinearModel {
  const model = newModel(features, classes);
  const { weights, bias } = model;
  const squares = new Float32Array(weights.length);
  const biasSquares = new Float32Array(classes);
  const gradient = new Float32Array(weights.length);
  const biasGradient = new Float32Array(classes);
  const touched = new Uint8Array(features);
  const order = Uint32Array.from(rows, (_, at) => at);
  const steps = Math.ceil(rows.length / batch) * epochs;
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffled(order, random);
    for (let from = 0; from < order.length; from += batch) {
      const size = Math.min(batch, order.length - from);
      const met: number[] = [];
      for (let each = from; each < from + size; each++) {
        const row = rows[order[each] as number] as SparseRow;
        const error = probabilitiesOf(model, row);
        const own = labels[order[each] as number] as number;
        error[own] = (error[own] as number) - 1;
        addTo(biasGradient, 0, error, 1 / size);
        for (let n = 0; n < row.at.length; n++) {
          const feature = row.at[n] as number;
          if (touched[feature] === 0) {
            touched[feature] = 1;
            met.push(feature);
          }
          addTo(gradient, feature * classes, error, (row.value[n] as number) / size);
        }
      }
      const pace = rate * (1 - step++ / steps);
      for (const feature of met) {
        touched[feature] = 0;
        descend(weights, gradient, squares, feature * classes, classes, pace, l2);
      }
      descend(bias, biasGradient, biasSquares, 0, classes, pace, 0);
    }
  }
  return model;
}

const newModel = (features: number, classes: number): LinearModel => ({
  features,
  classes,
  weights: new Float32Array(features * classes),
  bias: new Float32Array(classes),
});

function addTo(sums: Float32Array, from: number, values: Float32Array, scale: number): void {
  for (let at = 0; at < values.length; at++)
    sums[from + at] = (sums[from + at] as number) + scale * (values[at] as number);
}

/** One step against the gradient, which is used up. */
function descend(
  weights: Float32Array,
  gradient: Float32Array,
  squares: Float32Array,
  from: number,
  count: number,
  pace: number,
  l2: number,
): void {
  for (let at = from; at < from + count; at++) {
    const slope = (gradient[at] as number) + l2 * (weights[at] as number);
    gradient[at] = 0;
    const square = (squares[at] as number) + slope * slope;
    squares[at] = square;
    if (square > 0) weights[at] = (weights[at] as number) - (pace * slope) / (Math.sqrt(square) + 1e-8);
  }
}

/** Logits of one row, a number a class. */
export function logitsOf({ classes, weights, bias }: LinearModel, { at, value }: SparseRow): Float32Array {
  const logits = bias.slice();
  // Four features at a time: most of the time of training goes here, and a third of it to fetching and storing sums.
  const whole = at.length - (at.length % 4);
  for (let n = 0; n < whole; n += 4) {
    const [a, b, c, d] = [value[n], value[n + 1], value[n + 2], value[n + 3]] as [
      number,
      number,
      number,
      number,
    ];
    const fromA = (at[n] as number) * classes;
    const fromB = (at[n + 1] as number) * classes;
    const fromC = (at[n + 2] as number) * classes;
    const fromD = (at[n + 3] as number) * classes;
    for (let each = 0; each < classes; each++)
      logits[each] =
        (logits[each] as number) +
        a * (weights[fromA + each] as number) +
        b * (weights[fromB + each] as number) +
        c * (weights[fromC + each] as number) +
        d * (weights[fromD + each] as number);
  }
  for (let n = whole; n < at.length; n++) {
    const from = (at[n] as number) * classes;
    const scale = value[n] as number;
    for (let each = 0; each < classes; each++)
      logits[each] = (logits[each] as number) + scale * (weights[from + each] as number);
  }
  return logits;
}

function probabilitiesOf(model: LinearModel, row: SparseRow): Float32Array {
  const logits = logitsOf(model, row);
  let highest = -Infinity;
  for (let at = 0; at < logits.length; at++) highest = Math.max(highest, logits[at] as number);
  let total = 0;
  for (let at = 0; at < logits.length; at++) {
    const odds = Math.exp((logits[at] as number) - highest);
    logits[at] = odds;
    total += odds;
  }
  for (let at = 0; at < logits.length; at++) logits[at] = (logits[at] as number) / total;
  return logits;
}
