import type { Decoder, Likeliest, Wanted } from './decoder.ts';
import { rank } from './ranking.ts';
import type { SearchSettings } from './search.ts';

export const vocabulary = 12;
export const end = 0;

/** Everything off. */
export const plain: SearchSettings = {
  ...{ prompt: [11], forced: [], end: [end], banned: [], maxLength: 20, minLength: 0 },
  ...{ beams: 1, best: 1, lengthPenalty: 1, noRepeatNgram: 0, earlyStopping: false },
};

interface Row {
  text: number;
  written: number[];
}

/** A decoder whose logits hang on its text and on what was written, and on nothing else. */
export class TableDecoder implements Decoder {
  #rows: Row[];
  readonly #logits: (text: number, written: readonly number[]) => number[];
  /** Rows of every step. */
  readonly steps: number[] = [];

  constructor(
    texts: readonly number[],
    logits: (text: number, written: readonly number[]) => number[] = mixed,
  ) {
    this.#rows = texts.map((text) => ({ text, written: [] }));
    this.#logits = logits;
  }

  get rows(): number {
    return this.#rows.length;
  }

  async step(tokens: Int32Array, wanted: Wanted): Promise<Likeliest> {
    this.steps.push(this.rows);
    const width = tokens.length / this.rows;
    this.#rows.forEach(({ written }, at) => {
      written.push(...tokens.subarray(at * width, (at + 1) * width));
    });
    const logits = this.#rows.flatMap(({ text, written }) => this.#logits(text, written));
    return rank(Float32Array.from(logits), vocabulary, wanted);
  }

  keep(rows: Int32Array): void {
    this.#rows = Array.from(rows, (row) => {
      const { text, written } = this.#rows[row] as Row;
      return { text, written: [...written] };
    });
  }
}

/** Numbers in −3…3 that look random. */
export function mixed(text: number, written: readonly number[]): number[] {
  let seed = text * 7919 + 17;
  for (const token of written) seed = Math.imul(seed ^ token, 16777619) >>> 0;
  return Array.from({ length: vocabulary }, (_, token) => {
    let bits = Math.imul(seed ^ (token + 1), 0x85ebca6b);
    bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
    return ((bits ^ (bits >>> 16)) / 2 ** 31) * 3;
  });
}
