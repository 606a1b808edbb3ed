import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  engines,
  type KernelOutput,
  type LoadedModel,
  loadTokenizer,
  ModelCatalogue,
  unfollowed,
} from '#inference';
import { sentenceEmbedding } from './sentence-embedding.ts';
import { softmax } from './sequence-classification.ts';

const root = join(import.meta.dirname, '../..');

describe('sentence-embedding on the bundled model', () => {
  let model: LoadedModel;
  let rows: { text: string; vector: number[] }[];
  beforeAll(async () => {
    const catalogue = await ModelCatalogue.read(join(root, 'models/catalogue.json'));
    const card = catalogue.get('all-MiniLM-L6-v2');
    const folder = join(root, 'models', card.id);
    const engine = await engines.onnx();
    model = {
      card,
      session: await engine.load({ graph: join(folder, card.graph), threads: 1, width: 384 }),
      tokenizer: await loadTokenizer(folder, card.maxTokens),
    };
    rows = JSON.parse(await readFile(join(root, 'test/fixtures/minilm-vectors.json'), 'utf8')).rows;
  });

  /** All passes of one call, put together in the order of the texts. */
  async function embed(texts: string[]) {
    const outputs: KernelOutput<Float32Array>[] = [];
    let paddedTokens = 0;
    let passes = 0;
    for await (const pass of sentenceEmbedding.run(model, texts, 1024, unfollowed)) {
      pass.rows.forEach((row, at) => {
        outputs[row] = pass.outputs[at] as KernelOutput<Float32Array>;
      });
      paddedTokens += pass.paddedTokens;
      passes++;
    }
    expect(outputs.filter(Boolean)).toHaveLength(texts.length);
    return { outputs, paddedTokens, passes };
  }

  test('gives the vectors of the Python reference, one text at a time', async () => {
    for (const { text, vector } of rows) {
      const { outputs } = await embed([text]);
      expect(cosine(outputs[0]?.value ?? [], vector)).toBeGreaterThan(0.9999);
    }
  });

  test('a text has in a batch with others the vector it has alone, in the order asked', async () => {
    const alone = await Promise.all(
      rows.map(async ({ text }) => (await embed([text])).outputs[0]?.value ?? []),
    );
    const { outputs, paddedTokens, passes } = await embed(rows.map((row) => row.text));
    expect(passes).toBeGreaterThan(1);
    outputs.forEach((output, at) => {
      const farthest = Math.max(
        ...output.value.map((number, dim) => Math.abs(number - (alone[at]?.[dim] ?? 0))),
      );
      expect(farthest).toBeLessThan(1e-5);
      expect(cosine(output.value, output.value)).toBeCloseTo(1, 5);
    });
    const tokens = outputs.reduce((sum, output) => sum + output.tokens, 0);
    expect(paddedTokens).toBeGreaterThanOrEqual(tokens);
    expect(paddedTokens).toBeLessThanOrEqual(
      rows.length * Math.max(...outputs.map((output) => output.tokens)),
    );
  });

  test('close meanings are closer than distant ones', async () => {
    const [password, change, parcel] = await Promise.all(
      ['How do I reset my password?', 'Where can I change my password?', 'The parcel never arrived.'].map(
        async (text) => (await embed([text])).outputs[0]?.value ?? [],
      ),
    );
    expect(cosine(password ?? [], change ?? [])).toBeGreaterThan(cosine(password ?? [], parcel ?? []) + 0.3);
  });
});

test('softmax sums to one and survives large logits', () => {
  const probabilities = softmax(Float32Array.of(1000, 999, -1000));
  expect([...probabilities].reduce((sum, value) => sum + value)).toBeCloseTo(1, 6);
  expect(probabilities[0]).toBeCloseTo(0.7311, 4);
});

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const dot = (x: ArrayLike<number>, y: ArrayLike<number>) =>
    Array.from(x).reduce((sum, value, at) => sum + value * (y[at] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
