import type { Session, Tensor, Tensors } from '../engine.ts';
import { declared, emptyCache, gather, integers, padded, rowsOf } from '../tensors.ts';
import type { Decoder, Likeliest, Seq2seq, Wanted } from './decoder.ts';
import { lastLogits } from './last-logits.ts';
import { rank } from './ranking.ts';

/**
 * The graphs of a model as optimum exports them. A merged decoder is both `first` and `next`; without `next`, which reads a key/value
 * cache, every step reads again all that was written.
 */
export interface OptimumGraphs {
  encoder: Session;
  first: Session;
  next?: Session | undefined;
}

const cacheName = /^past_key_values\.\d+\.(decoder|encoder)\.(key|value)$/;

/** Any sequence-to-sequence model in the Hugging Face layout. */
export const optimumSeq2seq = (graphs: OptimumGraphs, vocabulary: number, pad: number): Seq2seq => ({
  async read(texts) {
    const { ids, mask } = padded(texts, pad);
    const { encoder } = graphs;
    const { last_hidden_state: states } = await encoder.run(
      declared(encoder, { input_ids: ids, attention_mask: mask }),
    );
    if (!states) throw new Error('the encoder gives no last_hidden_state');
    return new OptimumDecoder(graphs, { states, mask }, vocabulary);
  },
});

/** What the encoder made of some texts: rows × columns × width, and rows × columns with a 1 for every real token. */
interface Encoded {
  states: Tensor;
  mask: Tensor;
}

class OptimumDecoder implements Decoder {
  readonly #graphs: OptimumGraphs;
  readonly #vocabulary: number;
  #encoded: Encoded;
  /** By the name of the input. */
  #cache: Tensors | undefined;
  /** Of each row, where there is no cache. */
  #written: (readonly number[])[];
  /** Which text each row belongs to. */
  #texts: Int32Array;

  constructor(graphs: OptimumGraphs, encoded: Encoded, vocabulary: number) {
    this.#graphs = graphs;
    this.#encoded = encoded;
    this.#vocabulary = vocabulary;
    this.#written = Array.from({ length: this.rows }, () => []);
    this.#texts = Int32Array.from({ length: this.rows }, (_, row) => row);
  }

  get rows(): number {
    return rowsOf(this.#encoded.mask);
  }

  async step(tokens: Int32Array, wanted: Wanted): Promise<Likeliest> {
    const logits = this.#graphs.next
      ? await this.#stepOn(this.#graphs.next, tokens)
      : await this.#stepAnew(tokens);
    return rank(lastLogits(logits, this.#vocabulary), this.#vocabulary, wanted);
  }

  async #stepOn(next: Session, tokens: Int32Array): Promise<Tensor | undefined> {
    const graph = this.#cache ? next : this.#graphs.first;
    const caches = next.inputNames.filter((name) => cacheName.test(name));
    const cache =
      this.#cache ?? Object.fromEntries(caches.map((name) => [name, emptyCache(next, name, this.rows)]));
    const outputs = await graph.run(
      declared(graph, {
        ...this.#inputs(tokens),
        use_cache_branch: { data: Uint8Array.of(this.#cache ? 1 : 0), dims: [1] },
        ...cache,
      }),
    );
    const grown = caches.map((name) => {
      // What was made of the source does not change: with a cache graphs give nothing for it, or the same again.
      const kept = name.includes('.encoder.') ? this.#cache?.[name] : undefined;
      const tensor = kept ?? outputs[name.replace('past_key_values', 'present')];
      if (!tensor) throw new Error(`the decoder gives nothing for ${name}`);
      return [name, tensor] as const;
    });
    this.#cache = Object.fromEntries(grown);
    return outputs.logits;
  }

  async #stepAnew(tokens: Int32Array): Promise<Tensor | undefined> {
    const width = tokens.length / this.rows;
    this.#written = this.#written.map((row, at) => [
      ...row,
      ...tokens.subarray(at * width, (at + 1) * width),
    ]);
    const { first } = this.#graphs;
    const { logits } = await first.run(declared(first, this.#inputs(Int32Array.from(this.#written.flat()))));
    return logits;
  }

  #inputs(tokens: Int32Array): Tensors {
    const { states, mask } = this.#encoded;
    return {
      input_ids: integers(tokens, [this.rows, tokens.length / this.rows]),
      encoder_attention_mask: mask,
      encoder_hidden_states: states,
    };
  }

  keep(rows: Int32Array): void {
    const texts = rows.map((row) => this.#texts[row] as number);
    // What belongs to the texts stays where it is when beams of one text change places, which is at most steps.
    const moved = texts.length !== this.#texts.length || texts.some((text, row) => text !== this.#texts[row]);
    this.#texts = texts;
    this.#written = Array.from(rows, (row) => this.#written[row] ?? []);
    const cache = this.#cache ?? {};
    for (const [name, tensor] of Object.entries(cache))
      if (moved || !name.includes('.encoder.')) cache[name] = gather(tensor, rows);
    if (!moved) return;
    const { states, mask } = this.#encoded;
    this.#encoded = { states: gather(states, rows), mask: gather(mask, rows) };
  }
}
