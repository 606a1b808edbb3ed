/** A share with its 95 % confidence interval. */
export interface Proportion {
  value: number;
  low: number;
  high: number;
  /** Of how many. */
  rows: number;
}

const z = 1.959964;

/** The share of `hits` among `rows` with the interval of Wilson 1927, which holds for few rows and near 0 and 1. Of nothing it is 0, anywhere in 0…1. */
export function proportion(hits: number, rows: number): Proportion {
  if (rows === 0) return { value: 0, low: 0, high: 1, rows };
  const value = hits / rows;
  const centre = value + z ** 2 / (2 * rows);
  const spread = z * Math.sqrt((value * (1 - value)) / rows + z ** 2 / (4 * rows ** 2));
  const scale = 1 + z ** 2 / rows;
  const round = (share: number) => Math.round(share * 1e4) / 1e4;
  return {
    value: round(value),
    low: round((centre - spread) / scale),
    high: round((centre + spread) / scale),
    rows,
  };
}
