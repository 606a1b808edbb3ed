import type { Session, Tensor, Tensors } from '../engine.ts';
import { emptyCache, gather, integers, padded, rowsOf } from '../tensors.ts';
import type { Decoder, Likeliest, Seq2seq, Wanted } from './decoder.ts';
import { rank } from './ranking.ts';

/** True for a decoder graph of the layout below. */
export const isFused = (decoder: Session): boolean => decoder.inputNames.includes('order');

/**
 * A model whose graphs were exported for this loop (training/recipes/translation/export.py): the encoder gives the keys and values that
 * the decoder attends to, the decoder brings its own cache into order, keeps what belongs to a text once for all its beams, and ranks
 * tokens itself, so that neither caches nor logits are touched here between two steps.
 */
export const fusedSeq2seq = (
  encoder: Session,
  decoder: Session,
  vocabulary: number,
  pad: number,
): Seq2seq => ({
  async read(texts) {
    const { ids, mask } = padded(texts, pad);
    const source = await encoder.run({ input_ids: ids, attention_mask: mask });
    const real = Float32Array.from(mask.data as BigInt64Array, Number);
    return new FusedDecoder(decoder, { ...source, mask: { data: real, dims: mask.dims } }, vocabulary);
  },
});

class FusedDecoder implements Decoder {
  readonly #graph: Session;
  readonly #vocabulary: number;
  /** One row for each text. */
  #source: Tensors;
  /** One row for each row of the step before. */
  #cache: Tensors;
  /** Which row of the cache each row goes on from. */
  #order: Int32Array;
  /** Which text each row belongs to, by its row in `#source`. */
  #texts: Int32Array;
  #length = 0;

  constructor(graph: Session, source: Tensors, vocabulary: number) {
    this.#graph = graph;
    this.#vocabulary = vocabulary;
    this.#source = source;
    const rows = rowsOf(source.mask as Tensor);
    const caches = graph.inputNames.filter((name) => name.startsWith('past_'));
    this.#cache = Object.fromEntries(caches.map((name) => [name, emptyCache(graph, name, rows)]));
    this.#order = Int32Array.from({ length: rows }, (_, row) => row);
    this.#texts = this.#order;
  }

  get rows(): number {
    return this.#order.length;
  }

  async step(tokens: Int32Array, wanted: Wanted): Promise<Likeliest> {
    const width = tokens.length / this.rows;
    for (let at = 0; at + 1 < width; at++)
      await this.#read(
        Int32Array.from(this.#order, (_, row) => tokens[row * width + at] as number),
        1,
        [],
      );
    const last = Int32Array.from(this.#order, (_, row) => tokens[row * width + width - 1] as number);
    if (wanted.adjust) {
      const { logits } = await this.#read(last, 1, ['logits']);
      return rank(logits?.data as Float32Array, this.#vocabulary, wanted);
    }
    const ranked = await this.#read(last, wanted.count, ['top_tokens', 'top_log_probabilities']);
    return {
      tokens: Int32Array.from(ranked.top_tokens?.data as BigInt64Array, Number),
      logProbabilities: ranked.top_log_probabilities?.data as Float32Array,
    };
  }

  async #read(tokens: Int32Array, count: number, wanted: string[]): Promise<Tensors> {
    const rows = tokens.length;
    const caches = Object.keys(this.#cache);
    const outputs = await this.#graph.run(
      {
        tokens: integers(tokens, [rows]),
        position: integers([this.#length], [1]),
        order: integers(this.#order, [rows]),
        count: integers([count], []),
        ...this.#source,
        ...this.#cache,
      },
      [...wanted, ...caches.map(presentOf)],
    );
    this.#cache = Object.fromEntries(caches.map((name) => [name, outputs[presentOf(name)] as Tensor]));
    this.#order = Int32Array.from(tokens, (_, row) => row);
    this.#length++;
    return outputs;
  }

  keep(rows: Int32Array): void {
    this.#order = rows.map((row) => this.#order[row] as number);
    const texts = rows.map((row) => this.#texts[row] as number);
    const left = [...new Set(texts)];
    if (left.length < rowsOf(this.#source.mask as Tensor)) {
      this.#source = Object.fromEntries(
        Object.entries(this.#source).map(([name, tensor]) => [name, gather(tensor, left)]),
      );
    }
    this.#texts = texts.map((text) => left.indexOf(text));
  }
}

const presentOf = (name: string): string => name.replace('past_', 'present_');
