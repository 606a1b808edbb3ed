import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../engines/index.ts';
import { type GenerationConfig, readGenerationConfig } from './config.ts';
import type { Seq2seq } from './decoder.ts';
import { openSeq2seq } from './open.ts';
import { search, settingsOf } from './search.ts';

interface Case {
  ids: number[];
  tokens: number[];
}

/** A model in the layout that transformers.js reads, which is too large to be kept twice: it lies beside the repository. */
const folder = join(import.meta.dirname, '../../../shared/models/nmt-en-es');
const cases: Case[] = JSON.parse(readFileSync(join(import.meta.dirname, 'reference/greedy.json'), 'utf8'));

describe.runIf(existsSync(folder))('a merged decoder of the Hugging Face layout', () => {
  let model: Seq2seq;
  let config: GenerationConfig;
  beforeAll(async () => {
    const engine = await engines.onnx?.();
    const load = (name: string) => engine?.load({ graph: join(folder, 'onnx', name), threads: 1, width: 0 });
    const [encoder, decoder] = await Promise.all([
      load('encoder_model_quantized.onnx'),
      load('decoder_model_merged_quantized.onnx'),
    ]);
    config = await readGenerationConfig(folder);
    if (encoder && decoder) model = openSeq2seq(encoder, decoder, config);
  });

  it('writes what transformers.js writes, token for token', async () => {
    expect(cases).toHaveLength(200);
    for (const { ids, tokens } of cases) {
      const [[best] = []] = await search(await model.read([ids]), settingsOf(config, { beams: 1 }));
      expect(best?.tokens).toEqual(tokens);
    }
  }, 120_000);

  it('keeps its cache in order when beams change places and texts leave', async () => {
    const ids = cases.slice(0, 12).map((each) => each.ids);
    const together = await search(await model.read(ids), settingsOf(config, { beams: 3 }));
    let same = 0;
    for (const [at, own] of ids.entries()) {
      const [[alone] = []] = await search(await model.read([own]), settingsOf(config, { beams: 3 }));
      if (JSON.stringify(alone?.tokens) === JSON.stringify(together[at]?.[0]?.tokens)) same++;
    }
    // One scale of activations for the whole batch: neighbours of another kind move an int8 graph of this layout.
    expect(same).toBeGreaterThanOrEqual(9);
  });
});
