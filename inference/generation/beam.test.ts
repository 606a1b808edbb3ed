import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../engines/index.ts';
import { type GenerationConfig, readGenerationConfig } from './config.ts';
import type { Seq2seq } from './decoder.ts';
import { openSeq2seq } from './open.ts';
import { search, settingsOf } from './search.ts';

interface Case {
  ids: number[];
  best: { tokens: number[]; score: number }[];
}

const folder = join(import.meta.dirname, '../../models/nmt-en-es');
const cases: Case[] = JSON.parse(readFileSync(join(import.meta.dirname, 'reference/beam.json'), 'utf8'));

describe('beam search on the bundled model', () => {
  let model: Seq2seq;
  let config: GenerationConfig;
  beforeAll(async () => {
    const engine = await engines.onnx?.();
    const load = (name: string) => engine?.load({ graph: join(folder, 'onnx', name), threads: 1, width: 0 });
    const [encoder, decoder] = await Promise.all([load('encoder.onnx'), load('decoder.onnx')]);
    config = await readGenerationConfig(folder);
    if (encoder && decoder) model = openSeq2seq(encoder, decoder, config);
  });
  const write = async (ids: number[][], beams: number) =>
    await search(await model.read(ids), settingsOf(config, { beams, best: Math.min(2, beams) }));

  it('finds what transformers finds, with its score, for at least 198 of 200 sentences', async () => {
    let same = 0;
    for (const { ids, best } of cases) {
      const [found = []] = await write([ids], 4);
      if (JSON.stringify(found[0]?.tokens) !== JSON.stringify(best[0]?.tokens)) continue;
      same++;
      expect(found[0]?.score).toBeCloseTo(best[0]?.score ?? 0, 2);
    }
    expect(cases).toHaveLength(200);
    expect(same).toBeGreaterThanOrEqual(198);
  });

  it.each([1, 4])('gives a sentence in a batch what it gets alone, with %i beams', async (beams) => {
    const ids = cases.map((each) => each.ids);
    const together: (number[] | undefined)[] = [];
    for (let from = 0; from < ids.length; from += 32)
      together.push(...(await write(ids.slice(from, from + 32), beams)).map(([best]) => best?.tokens));
    let same = 0;
    for (const [at, own] of ids.entries()) {
      const [[alone] = []] = await write([own], beams);
      if (JSON.stringify(alone?.tokens) === JSON.stringify(together[at])) same++;
    }
    // Sums of floating point numbers in another order tip the scale where two words are as likely.
    expect(same).toBeGreaterThanOrEqual(198);
  });
});
