import type { Session, Tensor, Tensors } from '../engine.ts';
import { declared, emptyCache, gather, integers } from '../tensors.ts';
import { lastLogits } from './last-logits.ts';

/** A model that goes on with a text. */
export interface Causal {
  /** Texts, given by their tokens, none empty. */
  open(texts: readonly (readonly number[])[]): CausalDecoder;
}

/** Some texts that are gone on with. */
export interface CausalDecoder {
  /**
   * Reads the texts and tells what may follow each: logits, rows × vocabulary, which are the caller's. Awaits a turn between two
   * passes; a row that it resolves to is not read on, and its logits mean nothing.
   */
  read(turn?: () => Promise<ReadonlySet<number>>): Promise<Float32Array>;
  /** What may follow when each row goes on with its token. */
  step(tokens: Int32Array): Promise<Float32Array>;
  /** Goes on with these of its rows, in this order. */
  keep(rows: Int32Array): void;
}

export interface CausalGraph {
  graph: Session;
  vocabulary: number;
  /** Most tokens that are read at once: longer texts are read in pieces. */
  passTokens: number;
}

const cacheName = /^past_key_values\.\d+\.(key|value)$/;

/** A model of one graph with a key/value cache in the Hugging Face layout, as optimum exports it. */
export function optimumCausal(model: CausalGraph): Causal {
  if (cachesOf(model.graph).length === 0)
    throw new Error('the graph reads no past_key_values: export it with them (text-generation-with-past)');
  return { open: (texts) => new OptimumCausalDecoder(model, texts) };
}

const cachesOf = (graph: Session): string[] => graph.inputNames.filter((name) => cacheName.test(name));

/** What a graph has read: in columns of which each row has some on its left that are no tokens, and which nothing attends to. */
interface Past {
  /** By the name of the input: rows × heads × columns × width. */
  cache: Tensors;
  columns: number;
  empty: Int32Array;
}

class OptimumCausalDecoder implements CausalDecoder {
  readonly #model: CausalGraph;
  readonly #texts: readonly (readonly number[])[];
  #past: Past;

  constructor(model: CausalGraph, texts: readonly (readonly number[])[]) {
    this.#model = model;
    this.#texts = texts;
    this.#past = nothingRead(model.graph, texts.length);
  }

  /** Texts are read one by one: beside another an int8 graph reads them worse, since it has one scale for all that it reads at once. */
  async read(turn?: () => Promise<ReadonlySet<number>>): Promise<Float32Array> {
    const { graph, passTokens, vocabulary } = this.#model;
    const pasts: Past[] = [];
    const logits = new Float32Array(this.#texts.length * vocabulary);
    for (const [row, text] of this.#texts.entries()) {
      let past = nothingRead(graph, 1);
      for (let from = 0; from < text.length; from += passTokens) {
        if ((await turn?.())?.has(row)) break;
        const read = await forward(this.#model, past, Int32Array.from(text.slice(from, from + passTokens)));
        past = read.past;
        logits.set(read.logits, row * vocabulary);
      }
      pasts.push(past);
    }
    this.#past = joined(pasts);
    return logits;
  }

  async step(tokens: Int32Array): Promise<Float32Array> {
    const { past, logits } = await forward(this.#model, this.#past, tokens);
    this.#past = past;
    return logits;
  }

  keep(rows: Int32Array): void {
    const { cache, columns, empty } = this.#past;
    const kept = Object.entries(cache).map(([name, tensor]) => [name, gather(tensor, rows)]);
    const emptyOf = rows.map((row) => empty[row] as number);
    this.#past = { cache: Object.fromEntries(kept), columns, empty: emptyOf };
  }
}

const nothingRead = (graph: Session, rows: number): Past => ({
  cache: Object.fromEntries(cachesOf(graph).map((name) => [name, emptyCache(graph, name, rows)])),
  columns: 0,
  empty: new Int32Array(rows),
});

/** One pass over more tokens of every row, as many of each. */
async function forward(
  { graph, vocabulary }: CausalGraph,
  { cache, columns: before, empty }: Past,
  tokens: Int32Array,
): Promise<{ past: Past; logits: Float32Array }> {
  const rows = empty.length;
  const width = tokens.length / rows;
  const columns = before + width;
  const table = (length: number, value: (row: number, column: number) => number) =>
    integers(
      Int32Array.from({ length: rows * length }, (_, at) => value(Math.floor(at / length), at % length)),
      [rows, length],
    );
  const emptyOf = (row: number) => empty[row] as number;
  const outputs = await graph.run(
    declared(graph, {
      input_ids: integers(tokens, [rows, width]),
      attention_mask: table(columns, (row, column) => Number(column >= emptyOf(row))),
      position_ids: table(width, (row, column) => before + column - emptyOf(row)),
      num_logits_to_keep: integers([1], []),
      ...cache,
    }),
  );
  const grown = Object.keys(cache).map((name): [string, Tensor] => {
    const tensor = outputs[name.replace('past_key_values', 'present')];
    if (!tensor) throw new Error(`the graph gives nothing for ${name}`);
    return [name, tensor];
  });
  const past = { cache: Object.fromEntries(grown), columns, empty };
  return { past, logits: lastLogits(outputs.logits, vocabulary) };
}

/** Rows that were read one by one, side by side. */
function joined(pasts: readonly Past[]): Past {
  const [first] = pasts;
  if (!first || pasts.length === 1) return first ?? { cache: {}, columns: 0, empty: new Int32Array() };
  const columns = Math.max(...pasts.map((past) => past.columns));
  const cache = Object.keys(first.cache).map((name): [string, Tensor] => {
    const [, heads = 0, , width = 0] = first.cache[name]?.dims ?? [];
    const data = new Float32Array(pasts.length * heads * columns * width);
    pasts.forEach((past, row) => {
      const own = past.cache[name]?.data as Float32Array;
      const size = past.columns * width;
      for (let head = 0; head < heads; head++) {
        const end = (row * heads + head + 1) * columns * width;
        data.set(own.subarray(head * size, (head + 1) * size), end - size);
      }
    });
    return [name, { data, dims: [pasts.length, heads, columns, width] }];
  });
  const empty = Int32Array.from(pasts, (past) => columns - past.columns);
  return { cache: Object.fromEntries(cache), columns, empty };
}
