/** What a kernel that writes tells while it runs, and learns. */
export interface Progress {
  /** More of what this row will be. */
  wrote(row: number, text: string): void;
  /** To be awaited between two steps, or nothing could be heard: resolves to the rows that nobody waits for any more. */
  turn(): Promise<ReadonlySet<number>>;
}

/** More of what some rows of a batch will be. */
export interface Piece {
  row: number;
  text: string;
}

/** Of a run that nobody follows. */
export const unfollowed: Progress = { wrote() {}, turn: async () => new Set() };

/** A worker that is silent for much longer counts as hung. */
const signOfLifeMs = 1000;

/** Of a batch in a worker: pieces are collected until the next turn, in which messages of the pool arrive. */
export class BatchProgress implements Progress {
  readonly #gone = new Set<number>();
  readonly #tell: (pieces: Piece[]) => void;
  #pieces: Piece[] = [];
  #toldAt = performance.now();

  /** @param tell also called with no pieces now and then, as a sign of life */
  constructor(tell: (pieces: Piece[]) => void) {
    this.#tell = tell;
  }

  wrote(row: number, text: string): void {
    if (!this.#gone.has(row)) this.#pieces.push({ row, text });
  }

  async turn(): Promise<ReadonlySet<number>> {
    if (performance.now() - this.#toldAt > signOfLifeMs) this.#send();
    this.flush();
    await new Promise((resolve) => setImmediate(resolve));
    return this.#gone;
  }

  /** Tells what was collected, if anything was. */
  flush(): void {
    if (this.#pieces.length > 0) this.#send();
  }

  #send(): void {
    this.#toldAt = performance.now();
    this.#tell(this.#pieces);
    this.#pieces = [];
  }

  drop(rows: readonly number[]): void {
    for (const row of rows) this.#gone.add(row);
  }
}

/** Of these rows of a batch, as if there were no others. */
export const partOf = (progress: Progress, rows: readonly number[]): Progress => ({
  wrote: (row, text) => progress.wrote(rows[row] as number, text),
  async turn() {
    const gone = await progress.turn();
    return new Set([...rows.keys()].filter((at) => gone.has(rows[at] as number)));
  },
});
