import type { Tensor } from './engine.ts';
import type { KernelBatch, KernelOutput, LoadedModel } from './kernel.ts';
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
export async function encodeTexts<O>(
  model: LoadedModel,
  texts: string[],
  passTokens: number,
  outputName: string,
  read: (pass: Pass) => O[],
): Promise<KernelBatch<O>> {
  const started = performance.now();
  const encodings = texts.map((text) => model.tokenizer.encode(text));
  const tokenized = performance.now();

  const outputs = new Array<KernelOutput<O>>(texts.length);
  const packs = pack(
    encodings.map((encoding) => encoding.ids.length),
    passTokens,
  );
  for (const { rows, width } of packs) {
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
    rows.forEach((row, at) => {
      const encoding = encodings[row];
      outputs[row] = {
        value: values[at] as O,
        tokens: encoding?.ids.length ?? 0,
        truncated: encoding?.truncated ?? false,
      };
    });
  }
  return {
    outputs,
    tokenizeMs: tokenized - started,
    runMs: performance.now() - tokenized,
    paddedTokens: packs.reduce((sum, each) => sum + each.rows.length * each.width, 0),
  };
}
