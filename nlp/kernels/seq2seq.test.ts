import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ModelCard } from '#contracts';
import type { LoadedModel } from '#inference';
import { answersOf, openFixture } from '../../test/fixtures/architectures/open.ts';
import { seq2seq } from './seq2seq.ts';

interface Row {
  model: string;
  text: string;
  source: string | null;
  forced: string | null;
  ids: number[];
  text1: string;
  text4: string;
  score: number;
}

const reference = join(import.meta.dirname, '../../test/fixtures/architectures/reference/written.json');
const [encoder, first, next] = ['encoder_model', 'decoder_model', 'decoder_with_past_model'];
const onnx = (name = '') => `onnx/${name}.onnx`;

/** Each architecture in one of the layouts that a decoder comes in. */
const layouts: [string, string, Partial<ModelCard>][] = [
  ['tiny-marian', 'two decoders', { decoder: onnx(first), decoderNext: onnx(next) }],
  ['tiny-m2m', 'a merged decoder', { decoder: onnx('decoder_model_merged') }],
  ['tiny-t5', 'a decoder without a cache', { decoder: onnx(first) }],
  ['tiny-bart', 'two decoders, its own settings', { decoder: onnx(first), decoderNext: onnx(next) }],
];

describe.each(layouts)('%s, %s', (id, _, about) => {
  let model: LoadedModel;
  let rows: Row[];
  beforeAll(async () => {
    const card = { task: 'translations', kernel: 'seq2seq', graph: onnx(encoder), ...about } as const;
    model = await openFixture(id, card);
    const all: Row[] = JSON.parse(await readFile(reference, 'utf8'));
    rows = all.filter((row) => row.model === id);
  });
  const write = (asked: Row[], beams: number) =>
    answersOf(
      seq2seq,
      model,
      asked.map(({ text, source, forced }) => ({
        ...{ text, beams },
        sourceToken: source ?? undefined,
        forced: forced ?? undefined,
      })),
    );

  it.each([1, 4])('writes what transformers writes, with %i beams, alone and in a batch', async (beams) => {
    expect(rows.length).toBeGreaterThan(10);
    const together = await write(rows, beams);
    for (const [at, row] of rows.entries()) {
      const [alone] = await write([row], beams);
      expect(alone?.text, row.text).toBe(beams === 1 ? row.text1 : row.text4);
      expect(together[at]?.text).toBe(alone?.text);
      if (beams > 1) expect(alone?.score).toBeCloseTo(row.score, 3);
    }
  });

  it('reads what the reference reads', () => {
    for (const { text, source, ids } of rows)
      if (!source) expect(model.tokenizer.encode(text).ids).toEqual(ids);
  });
});

it('ends a text before a character that was cut, and keeps a U+FFFD that was written', async () => {
  const card = { task: 'summaries', kernel: 'seq2seq', graph: onnx(encoder), decoder: onnx(first) } as const;
  const model = await openFixture('tiny-bart', card);
  const { tokenizer } = model;
  const written = async (cut: boolean) => {
    const other: Partial<LoadedModel['tokenizer']> = {
      encode: (text) => tokenizer.encode(text),
      decode: () => 'Hi \uFFFD',
      endWithin: () => cut,
    };
    const [answer] = await answersOf(seq2seq, { ...model, tokenizer: other as typeof tokenizer }, ['Hi']);
    return answer?.text;
  };
  expect(await written(true)).toBe('Hi ');
  expect(await written(false)).toBe('Hi \uFFFD');
});
