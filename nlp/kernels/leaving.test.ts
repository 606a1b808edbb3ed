import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  engines,
  type LoadedModel,
  loadTokenizer,
  openSeq2seq,
  type Progress,
  readGenerationConfig,
} from '#inference';
import { seq2seq, type Written } from './seq2seq.ts';

const folder = join(import.meta.dirname, '../../models/nmt-en-es');

it('a translation that nobody waits for is left off between two steps, and its neighbour is as it would be', async () => {
  const engine = await engines.onnx();
  const load = (name: string) => engine.load({ graph: join(folder, 'onnx', name), threads: 1, width: 0 });
  const [session, decoder] = await Promise.all([load('encoder.onnx'), load('decoder.onnx')]);
  const config = await readGenerationConfig(folder);
  const writer = { model: openSeq2seq(session, decoder, config), config };
  const tokenizer = await loadTokenizer(folder, 256);
  const model = { card: { id: 'nmt' }, session, tokenizer, writer } as LoadedModel;
  const texts = ['>>es<< The parcel was sent to another address.', '>>es<< Thank you very much.'];

  const write = async (beams: number, leaves: boolean) => {
    let turns = 0;
    const progress: Progress = { wrote() {}, turn: async () => new Set(leaves && ++turns > 2 ? [0] : []) };
    const outputs: { written?: number; value: Written }[] = [];
    const asked = texts.map((text) => ({ text, beams }));
    for await (const pass of seq2seq.run(model, asked, 1024, progress))
      pass.rows.forEach((row, at) => {
        const output = pass.outputs[at];
        if (output) outputs[row] = output;
      });
    return outputs;
  };
  for (const beams of [1, 3]) {
    const [whole, neighbour] = await write(beams, false);
    const [left, other] = await write(beams, true);
    expect(other?.value.text).toBe(neighbour?.value.text);
    expect(left?.written).toBeLessThan(whole?.written ?? 0);
  }
});
