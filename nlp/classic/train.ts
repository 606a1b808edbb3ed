import { seededRandom } from '#inference';
import {
  fitTemperature,
  fitThreshold,
  type HeldOut,
  type Scored,
  type Threshold,
  tempered,
} from './calibration.ts';
import { stratifiedFolds, stratifiedSample } from './folds.ts';
import type { Head } from './head.ts';
import {
  type LinearModel,
  type LogisticSettings,
  logitsOf,
  type SparseRow,
  trainLogistic,
} from './logistic.ts';
import { featuresOf, type TextFeatureSettings } from './text-features.ts';

/** A labelled text with its embedding of unit length. `label` is null for a text that is of none of the classes. */
export interface TrainingRow {
  text: string;
  label: string | null;
  vector: Float32Array;
}

/** What a head can be expected to do, measured on rows that the head measured was not trained on. */
export interface TrainingReport {
  /** Of the in-scope rows: how many were held out in turn, and of how many the most likely label was right. */
  measured: number;
  right: number;
  folds: number;
  l2: number;
  /** How the threshold was found: by rows of no class, by leaving classes out, or not at all. */
  outOfScope: { by: 'rows' | 'classes' | 'nothing' } & Partial<Threshold>;
}

/** Chosen on development rows of banking77 and CLINC150: docs/decisions/0014-classification.md. */
const features: TextFeatureSettings = { buckets: 4096, weight: 0.5 };
const penalties = [1e-5, 1e-4];
const steps = { batch: 32, rate: 0.4 };
/** Rows that settings are compared on: more would not tell more and take minutes. */
const comparedRows = 1500;
const comparedFolds = 3;
const seed = 1;

/** Passes over the rows: few rows need many. */
const epochsFor = (rows: number) => Math.round(Math.min(20, Math.max(6, 100_000 / rows)));

/** Held out in turn: large sets are measured well enough on fewer parts. */
const foldsFor = (rows: number) => (rows <= 1000 ? 5 : 3);

/**
 * Trains a head: multinomial logistic regression over embedding and hashed n-grams, its penalty chosen by cross-validation, its
 * temperature and its threshold on held-out rows. The same rows give the same head. Needs two classes with two rows each.
 */
export function trainHead(rows: readonly TrainingRow[]): { head: Head; report: TrainingReport } {
  const inside = rows.filter((row) => row.label !== null);
  const labels = [...new Set(inside.map(({ label }) => label as string))].sort();
  const places = new Map(labels.map((label, at) => [label, at]));
  const data: Data = {
    rows: inside.map(({ text, vector }) => featuresOf(text, vector, features)),
    labels: Int32Array.from(inside, ({ label }) => places.get(label as string) as number),
    shape: { features: (rows[0]?.vector.length ?? 0) + features.buckets, classes: labels.length },
  };
  const outside = rows
    .filter((row) => row.label === null)
    .map(({ text, vector }) => featuresOf(text, vector, features));

  const some = part(data, stratifiedSample(data.labels, comparedRows, seededRandom(seed)));
  const l2 = bestOf(penalties, (penalty) => -meanLoss(heldOut(some, penalty, comparedFolds).rows));
  const folds = foldsFor(data.rows.length);
  const held = heldOut(data, l2, folds);
  const temperature = fitTemperature(held.rows);
  const model = modelOf(data, l2);
  const scored = [
    ...held.rows.map((row) => scoredAs(row.logits, temperature, row.label)),
    // Every head of the folds is asked about rows that none of them has seen.
    ...outside.map((row) => ({ top: meanTop(held.models, row, temperature) })),
  ];
  const threshold =
    outside.length > 0 ? fitThreshold(scored) : fitThreshold(leaveClassesOut(some, l2, temperature));
  const by = threshold === undefined ? 'nothing' : outside.length > 0 ? 'rows' : 'classes';
  return {
    head: {
      labels,
      dimensions: rows[0]?.vector.length ?? 0,
      features,
      model,
      temperature,
      threshold: threshold?.value ?? 0,
    },
    report: {
      measured: held.rows.length,
      right: held.rows.filter(({ logits, label }) => highestAt(logits) === label).length,
      folds,
      l2,
      outOfScope: { by, ...threshold },
    },
  };
}

interface Data {
  rows: SparseRow[];
  labels: Int32Array;
  shape: Pick<LinearModel, 'features' | 'classes'>;
}

const part = ({ rows, labels, shape }: Data, at: readonly number[]): Data => ({
  rows: at.map((row) => rows[row] as SparseRow),
  labels: Int32Array.from(at, (row) => labels[row] as number),
  shape,
});

function modelOf(data: Data, l2: number): LinearModel {
  const settings: LogisticSettings = { l2, epochs: epochsFor(data.rows.length), ...steps };
  return trainLogistic(data.rows, data.labels, data.shape, seededRandom(seed), settings);
}

/** Every row by a model that has not seen it, and those models. */
function heldOut(data: Data, l2: number, count: number): { rows: HeldOut[]; models: LinearModel[] } {
  const folds = stratifiedFolds(data.labels, count, seededRandom(seed));
  const rowsOf = (wanted: (fold: number) => boolean) =>
    Array.from(folds, (_, row) => row).filter((row) => wanted(folds[row] as number));
  const rows: HeldOut[] = [];
  const models: LinearModel[] = [];
  for (let fold = 0; fold < count; fold++) {
    const model = modelOf(
      part(
        data,
        rowsOf((each) => each !== fold),
      ),
      l2,
    );
    models.push(model);
    for (const row of rowsOf((each) => each === fold))
      rows.push({ logits: logitsOf(model, data.rows[row] as SparseRow), label: data.labels[row] as number });
  }
  return { rows, models };
}

/**
 * Three times a third of the classes is left out of training and held to be out of scope, as far as there are enough of them: what a
 * class that nobody thought of would look like. Of the other classes the rows of one fold are held out.
 */
function leaveClassesOut(data: Data, l2: number, temperature: number): Scored[] {
  const { classes } = data.shape;
  if (classes < 6) return [];
  const folds = stratifiedFolds(data.labels, 3, seededRandom(seed));
  const scored: Scored[] = [];
  for (let round = 0; round < 3; round++) {
    const isLeft = (row: number) => (data.labels[row] as number) % 3 === round;
    const all = Array.from(data.labels, (_, row) => row);
    const kept = [...new Set(all.filter((row) => !isLeft(row)).map((row) => data.labels[row] as number))];
    const place = new Map(kept.map((label, at) => [label, at]));
    const train = all.filter((row) => !isLeft(row) && folds[row] !== round);
    const model = modelOf(
      {
        rows: train.map((row) => data.rows[row] as SparseRow),
        labels: Int32Array.from(train, (row) => place.get(data.labels[row] as number) as number),
        shape: { ...data.shape, classes: kept.length },
      },
      l2,
    );
    for (const row of all.filter((each) => folds[each] === round)) {
      const logits = logitsOf(model, data.rows[row] as SparseRow);
      scored.push(scoredAs(logits, temperature, place.get(data.labels[row] as number)));
    }
  }
  return scored;
}

function scoredAs(logits: Float32Array, temperature: number, label: number | undefined): Scored {
  const top = Math.max(...tempered(logits, temperature));
  return label === undefined ? { top } : { top, right: highestAt(logits) === label };
}

const meanTop = (models: LinearModel[], row: SparseRow, temperature: number) =>
  models.reduce((sum, model) => sum + scoredAs(logitsOf(model, row), temperature, undefined).top, 0) /
  models.length;

function meanLoss(rows: HeldOut[]): number {
  const temperature = fitTemperature(rows);
  const loss = ({ logits, label }: HeldOut) =>
    -Math.log(Math.max(tempered(logits, temperature)[label] ?? 0, 1e-12));
  return rows.reduce((sum, row) => sum + loss(row), 0) / rows.length;
}

/** The value for which `worth` is highest; the first of equals. */
function bestOf(values: number[], worth: (value: number) => number): number {
  const worths = values.map(worth);
  return values[highestAt(worths)] as number;
}

const highestAt = (values: ArrayLike<number>) => {
  let best = 0;
  for (let at = 1; at < values.length; at++) if ((values[at] as number) > (values[best] as number)) best = at;
  return best;
};
