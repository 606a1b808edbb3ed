/** One row of a classification. No answer (null) is wrong: it misses the expected label and is never a class of its own. */
export interface Labelled {
  expected: string;
  predicted: string | null;
}

/** Rows as places in `labels`; −1 for no answer and for what is not among the labels. */
export interface LabelPlaces {
  labels: readonly string[];
  expected: Int32Array;
  predicted: Int32Array;
}

/** Looks labels up once, so that counting is a pass over integers. Without `labels` they are all that were expected or predicted. */
export function labelPlaces(rows: readonly Labelled[], labels?: readonly string[]): LabelPlaces {
  const all = labels ?? rows.flatMap(({ expected, predicted }) => [expected, predicted ?? expected]).sort();
  const places = new Map([...new Set(all)].map((label, place) => [label, place]));
  const placeOf = (label: string | null) => (label === null ? -1 : (places.get(label) ?? -1));
  return {
    labels: [...places.keys()],
    expected: Int32Array.from(rows, ({ expected }) => placeOf(expected)),
    predicted: Int32Array.from(rows, ({ predicted }) => placeOf(predicted)),
  };
}

/** How often each label was expected, was predicted, and was both at once; and how many rows there were. */
export interface LabelCounts {
  rows: number;
  expected: Float64Array;
  predicted: Float64Array;
  right: Float64Array;
}

/** The counts with row `i` taken `weights[i]` times: everything that the confusion matrix has to say to F1 and to MCC. */
export function countLabels(places: LabelPlaces, weights?: ArrayLike<number>): LabelCounts {
  const { length } = places.labels;
  const expected = new Float64Array(length);
  const predicted = new Float64Array(length);
  const right = new Float64Array(length);
  let rows = 0;
  for (let row = 0; row < places.expected.length; row++) {
    const weight = weights ? (weights[row] as number) : 1;
    const wanted = places.expected[row] as number;
    const said = places.predicted[row] as number;
    rows += weight;
    if (wanted >= 0) expected[wanted] = (expected[wanted] as number) + weight;
    if (said >= 0) predicted[said] = (predicted[said] as number) + weight;
    if (said >= 0 && said === wanted) right[said] = (right[said] as number) + weight;
  }
  return { rows, expected, predicted, right };
}

/** 1 for every row that was answered with its expected label, 0 for the others. */
export const rightRows = (rows: readonly Labelled[]) =>
  Float64Array.from(rows, ({ expected, predicted }) => Number(expected === predicted));
