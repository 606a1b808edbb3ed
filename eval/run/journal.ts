import type { SampleResult } from '#contracts';

/** Where the results of a run are kept as they come, so that a run that was cut off can go on. */
export interface Journal {
  /** What was kept before, in any order. */
  read(): AsyncIterable<SampleResult>;
  /** Resolves when the result will survive the process. */
  add(result: SampleResult): Promise<void>;
}

/** Kept for the length of the process. */
export class MemoryJournal implements Journal {
  readonly results: SampleResult[] = [];

  async *read() {
    yield* this.results;
  }

  async add(result: SampleResult) {
    this.results.push(result);
  }
}
