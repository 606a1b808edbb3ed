import type { Causal } from './causal.ts';
import type { Decoder, Seq2seq } from './decoder.ts';

/** Writes what it reads, token for token: a deterministic stand-in for a model. */
export const echo = (end: readonly number[]): Seq2seq => ({
  async read(texts) {
    return new EchoDecoder(
      texts.map((tokens) => tokens.filter((token) => !end.includes(token))),
      end[0] ?? 0,
    );
  },
});

class EchoDecoder implements Decoder {
  #rows: (readonly number[])[];
  readonly #end: number;
  #at = 0;

  constructor(rows: (readonly number[])[], end: number) {
    this.#rows = rows;
    this.#end = end;
  }

  get rows(): number {
    return this.#rows.length;
  }

  async step(_: Int32Array, { count }: { count: number }) {
    const tokens = new Int32Array(this.rows * count).fill(this.#end);
    const logProbabilities = new Float32Array(this.rows * count).fill(Number.NEGATIVE_INFINITY);
    this.#rows.forEach((row, at) => {
      tokens[at * count] = row[this.#at] ?? this.#end;
      logProbabilities[at * count] = 0;
    });
    this.#at++;
    return { tokens, logProbabilities };
  }

  keep(rows: Int32Array): void {
    this.#rows = Array.from(rows, (row) => this.#rows[row] ?? []);
  }
}

/** Goes on with a text by saying it again, token for token: a deterministic stand-in for a model. */
export const causalEcho = ({ end, vocabulary }: { end: readonly number[]; vocabulary: number }): Causal => ({
  open(texts) {
    let rows = texts.map((text) => text.filter((token) => !end.includes(token)));
    let at = 0;
    const next = async () => {
      const logits = new Float32Array(rows.length * vocabulary);
      for (const [row, text] of rows.entries()) logits[row * vocabulary + (text[at] ?? end[0] ?? 0)] = 1;
      at++;
      return logits;
    };
    return {
      read: next,
      step: next,
      keep(kept) {
        rows = Array.from(kept, (row) => rows[row] ?? []);
      },
    };
  },
});
