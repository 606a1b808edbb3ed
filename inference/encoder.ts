import type { Tensor } from './engine.ts';
import type { KernelPass, LoadedModel } from './kernel.ts';
import { encoderInputs, pack } from './packing.ts';

/** The output of one forward pass over `rows` texts; `mask` has a 1 for every real token. */
export interface Pass {
  output: Tensor;
  mask: BigInt64Array;
  rows: number;
  /** Padded tokens a row. */
  columns: number;
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
  let from = performance.now();
  const encodings = texts.map((text) => model.tokenizer.encode(text));
  let tokenizeMs = performance.now() - from;
  const packs = pack(
    encodings.map((encoding) => encoding.ids.length),
    passTokens,
  );
  for (const [at, { rows, width }] of packs.entries()) {
    from = performance.now();
    const ids = rows.map((row) => encodings[row]?.ids ?? []);
    const inputs = encoderInputs(ids, width);
    const declared = Object.fromEntries(
      Object.entries(inputs).filter(([name]) => model.session.inputNames.includes(name)),
    );
    const result = await model.session.run(declared);
    const output = result[outputName];
    if (!output) throw new Error(`graph of ${model.card.id} has no output ${outputName}`);
    const mask = inputs.attention_mask?.data as BigInt64Array;
    const values = read({ output, mask, rows: rows.length, columns: width });
    const outputs = rows.map((row, index) => ({
      value: values[index] as O,
      tokens: encodings[row]?.ids.length ?? 0,
      truncated: encodings[row]?.truncated ?? false,
    }));
    const runMs = performance.now() - from;
    const paddedTokens = rows.length * width;
    yield { rows, outputs, tokenizeMs, runMs, paddedTokens, remaining: packs.length - at - 1 };
    tokenizeMs = 0;
  }
}
