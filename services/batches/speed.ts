/** How far back is looked. */
const spanMs = 15_000;

/** Rows a second over the last while. */
export class Speed {
  #points: { at: number; rows: number }[];

  /** @param rows those that were done before */
  constructor(rows: number, now = performance.now()) {
    this.#points = [{ at: now, rows }];
  }

  /** @param rows all that are done by now */
  at(rows: number, now = performance.now()): number | null {
    this.#points.push({ at: now, rows });
    while (this.#points.length > 2 && now - (this.#points[1]?.at ?? now) >= spanMs) this.#points.shift();
    const first = this.#points[0];
    return first && now > first.at ? ((rows - first.rows) * 1000) / (now - first.at) : null;
  }
}
