import { proportion } from '#eval';
import { fitThreshold, type Head, probabilitiesOf, prototypeOf, type TrainingRow, zeroShot } from '#nlp';

/** A row of a test set as a head sees it. */
interface Judged {
  top: number;
  right?: boolean;
}

export function judged(head: Head, rows: TrainingRow[]): Judged[] {
  return rows.map(({ text, vector, label }) => {
    const probabilities = probabilitiesOf(head, text, vector);
    const top = Math.max(...probabilities);
    return label === null ? { top } : { top, right: head.labels[probabilities.indexOf(top)] === label };
  });
}

const share = (rows: Judged[], isHit: (row: Judged) => boolean) =>
  proportion(rows.filter(isHit).length, rows.length);

/** How often the most likely label is right, and how far the probabilities are from what they say. */
export function accuracyOf(rows: Judged[]) {
  return { accuracy: share(rows, ({ right }) => right === true), calibrationError: calibrationErrorOf(rows) };
}

/** In scope a row counts when its label is right and it is not sent away; outside when it is. */
export function atThreshold(rows: Judged[], threshold: number) {
  const inside = rows.filter(({ right }) => right !== undefined);
  const outside = rows.filter(({ right }) => right === undefined);
  return {
    threshold,
    inScopeAccuracy: share(inside, ({ right, top }) => right === true && top >= threshold),
    outOfScopeRecall: share(outside, ({ top }) => top < threshold),
  };
}

/** The threshold that these rows, which nothing was trained on, would choose. */
export function chosenThreshold(rows: Judged[]): number {
  return fitThreshold(rows)?.value ?? 0;
}

/** Expected calibration error in ten bins of equal width. */
function calibrationErrorOf(rows: Judged[]): number {
  const bins = Array.from({ length: 10 }, () => ({ said: 0, right: 0 }));
  for (const { top, right } of rows) {
    const bin = bins[Math.min(9, Math.floor(top * 10))];
    if (!bin) continue;
    bin.said += top;
    bin.right += Number(right);
  }
  return bins.reduce((sum, { said, right }) => sum + Math.abs(said - right), 0) / rows.length;
}

/** What labels alone are worth: accuracy, and the mean surprise of the right label at a temperature. */
export function zeroShotOf(rows: TrainingRow[], sayings: Map<string, Float32Array[]>, temperature?: number) {
  const labels = [...sayings.keys()];
  const prototypes = [...sayings.values()].map(prototypeOf);
  let loss = 0;
  const judgedRows = rows.map(({ vector, label }) => {
    const probabilities = zeroShot(vector, prototypes, temperature);
    const top = Math.max(...probabilities);
    loss -= Math.log(Math.max(probabilities[labels.indexOf(label ?? '')] ?? 0, 1e-12));
    return { top, right: labels[probabilities.indexOf(top)] === label };
  });
  return { ...accuracyOf(judgedRows), loss: loss / rows.length };
}
