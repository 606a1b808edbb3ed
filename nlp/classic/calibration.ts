/** Softmax of logits divided by a temperature. */
export function tempered(logits: ArrayLike<number>, temperature: number): number[] {
  const scaled = Array.from(logits, (logit) => logit / temperature);
  const highest = scaled.reduce((most, each) => Math.max(most, each), -Infinity);
  const odds = scaled.map((each) => Math.exp(each - highest));
  const total = odds.reduce((sum, each) => sum + each, 0);
  return odds.map((each) => each / total);
}

/** A row that was not trained on: its logits, and which class it is of. */
export interface HeldOut {
  logits: Float32Array;
  label: number;
}

const golden = (Math.sqrt(5) - 1) / 2;
/** Temperatures beyond these would say nothing, or everything. */
const range = [0.05, 20] as const;

/**
 * The temperature under which held-out rows are least surprising (Guo et al. 2017, "On calibration of modern neural networks"),
 * by golden section over its logarithm: the loss has one minimum. 1 where there are no rows.
 */
export function fitTemperature(rows: readonly HeldOut[]): number {
  if (rows.length === 0) return 1;
  const loss = (log: number) =>
    rows.reduce((sum, { logits, label }) => {
      const own = tempered(logits, Math.exp(log))[label] ?? 0;
      return sum - Math.log(Math.max(own, 1e-12));
    }, 0);
  let [low, high] = [Math.log(range[0]), Math.log(range[1])];
  let [left, right] = [high - golden * (high - low), low + golden * (high - low)];
  let [atLeft, atRight] = [loss(left), loss(right)];
  while (high - low > 0.01) {
    if (atLeft < atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - golden * (high - low);
      atLeft = loss(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + golden * (high - low);
      atRight = loss(right);
    }
  }
  return Math.exp((low + high) / 2);
}

/** A held-out row as the threshold sees it. */
export interface Scored {
  /** Probability of the most likely class. */
  top: number;
  /** Whether that class is the right one; undefined for a row of none. */
  right?: boolean;
}

export interface Threshold {
  value: number;
  /** Share of the rows of some class that are given the right one and not sent away. */
  accuracy: number;
  /** Share of the rows of no class that are sent away. */
  recall: number;
}

/** Right answers that a threshold must leave: sending away a good question costs a customer more than asking a person about a strange one. */
const usualKept = 0.97;

/**
 * Below which probability of the best class a text is of none: where the mean of accuracy inside and recall outside is highest, the
 * lower of equals, among those that keep this share of the right answers. Undefined without rows of both kinds.
 */
export function fitThreshold(rows: readonly Scored[], leastKept = usualKept): Threshold | undefined {
  const inside = rows.filter(({ right }) => right !== undefined).length;
  const outside = rows.length - inside;
  if (inside === 0 || outside === 0) return undefined;
  const sorted = [...rows].sort((a, b) => a.top - b.top);
  let right = rows.filter((row) => row.right).length;
  let away = 0;
  let best = { value: 0, accuracy: right / inside, recall: 0 };
  const leastAccuracy = leastKept * best.accuracy;
  for (const [at, row] of sorted.entries()) {
    if (row.right) right--;
    if (row.right === undefined) away++;
    const next = sorted[at + 1]?.top ?? 1;
    if (next === row.top) continue;
    const found = { value: (row.top + next) / 2, accuracy: right / inside, recall: away / outside };
    if (found.accuracy < leastAccuracy) break;
    if (found.accuracy + found.recall > best.accuracy + best.recall) best = found;
  }
  return best;
}
