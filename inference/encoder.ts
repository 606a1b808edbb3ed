import type { Tensor } from './engine.ts';
import type { KernelPass, LoadedModel } from './kernel.ts';
import { type EncoderRow, encoderInputs, pack } from './packing.ts';
import { declared } from './tensors.ts';
import type { Encoding } from './tokenizer.ts';

/** The output of one forward pass over `rows` texts; `mask` has a 1 for every real token. */
export interface Pass {
  output: Tensor;
  mask: BigInt64Array;
  rows: number;
  /** Padded tokens a row. */
  columns: number;
}

/** One forward pass over some rows. Times are milliseconds. */
export interface RowPass extends Pass {
  /** Which of the rows asked for these are. */
  places: number[];
  runMs: number;
  paddedTokens: number;
  /** Passes still to come. */
  remaining: number;
}

/** Runs rows of tokens through a BERT-shaped encoder, packed by length. `outputName` is the graph output that is wanted. */
export async function* encodeRows(
  { card, session }: LoadedModel,
  rows: readonly EncoderRow[],
  passTokens: number,
  outputName: string,
): AsyncGenerator<RowPass> {
  const packs = pack(
    rows.map(({ ids }) => ids.length),
    passTokens,
  );
  for (const [at, { rows: places, width }] of packs.entries()) {
    const from = performance.now();
    const inputs = encoderInputs(
      places.map((place) => rows[place] ?? { ids: [] }),
      width,
    );
    const result = await session.run(declared(session, inputs), [outputName]);
    const output = result[outputName];
    if (!output) throw new Error(`graph of ${card.id} has no output ${outputName}`);
    const mask = inputs.attention_mask?.data as BigInt64Array;
    const runMs = performance.now() - from;
    const paddedTokens = places.length * width;
    const remaining = packs.length - at - 1;
    yield { places, output, mask, rows: places.length, columns: width, runMs, paddedTokens, remaining };
  }
}

/**
 * Runs texts through a BERT-shaped encoder: tokenizes all, packs by length, and hands each pass to `read`, which returns
 * one value per row of it. `outputName` is the graph output that `read` needs.
 */
export async function* encodeTexts<O>(
  model: LoadedModel,
  texts: string[],
  passTokens: number,
  outputName: string,
  read: (pass: Pass) => O[],
): AsyncGenerator<KernelPass<O>> {
  const from = performance.now();
  const encodings = texts.map((text) => model.tokenizer.encode(text));
  yield* answered(
    encodings,
    performance.now() - from,
    encodeRows(model, encodings, passTokens, outputName),
    read,
  );
}

/** Passes over rows that are one input each, as what they answer. */
export async function* answered<O>(
  encodings: readonly Encoding[],
  tokenizeMs: number,
  passes: AsyncIterable<RowPass>,
  read: (pass: Pass, places: readonly number[]) => O[],
): AsyncGenerator<KernelPass<O>> {
  let first = true;
  for await (const pass of passes) {
    const from = performance.now();
    const { places: rows, paddedTokens, remaining } = pass;
    const values = read(pass, rows);
    const outputs = rows.map((row, index) => ({
      value: values[index] as O,
      tokens: encodings[row]?.ids.length ?? 0,
      truncated: encodings[row]?.truncated ?? false,
    }));
    const runMs = pass.runMs + performance.now() - from;
    yield { rows, outputs, tokenizeMs: first ? tokenizeMs : 0, runMs, paddedTokens, remaining };
    first = false;
  }
}
