import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ModelCard } from '#contracts';
import { Endpoint, type KernelOutput, KserveEngine, remoteEngines } from '#inference';
import { textKernels } from '#nlp';
import { httpTransport } from '../../services/remote/transport.ts';
import { answersFrom } from '../fixtures/remote-reply.ts';
import { engineSuite } from '../suites/engine.ts';
import { startTriton, type Triton, tritonForTests } from './triton.ts';

const python = await tritonForTests();
const width = 8;
const folder = join(import.meta.dirname, '../../models/all-MiniLM-L6-v2');
const patient = new AbortController().signal;

describe.skipIf(!python)('Triton', () => {
  let triton: Triton;
  beforeAll(async () => {
    triton = await startTriton(python ?? '');
  }, 120_000);
  afterAll(() => triton?.stop());

  const endpoint = () => new Endpoint('m', httpTransport({ url: triton.url }, undefined));
  const engine = async () => new KserveEngine(endpoint());
  const options = (graph: string) => ({ graph, threads: 1, width });
  engineSuite('kserve', engine, options('encoder'), 'last_hidden_state');
  engineSuite('kserve with FP16 and INT32', engine, options('half'), 'last_hidden_state');

  function open(model: string) {
    const card = {
      ...{ id: 'm', task: 'embeddings', kernel: 'sentence-embedding', maxTokens: 64, dimensions: width },
      endpoint: { url: triton.url, model },
    } as ModelCard;
    const server = remoteEngines.kserve({ card, endpoint: endpoint(), folder, kernels: textKernels });
    return {
      check: () => server.check(patient),
      answer: async (texts: string[]) =>
        (await answersFrom(server, texts)).map((output) => [
          ...((output as KernelOutput).value as Float32Array),
        ]),
    };
  }
  const texts = Array.from({ length: 11 }, (_, at) => `text ${'and more '.repeat(at % 5)}${at}`);

  test('more texts than it takes at once are answered in their order', async () => {
    const together = await open('encoder').answer(texts);
    const { answer } = open('encoder');
    for (const [at, text] of texts.entries()) expect(await answer([text])).toEqual([together[at]]);
    expect(new Set(together.map(String)).size).toBe(texts.length);
  });

  test('half precision is nearly the same', async () => {
    const [whole, half] = await Promise.all([open('encoder').answer(texts), open('half').answer(texts)]);
    half.forEach((vector, at) => {
      const cosine = vector.reduce((sum, value, unit) => sum + value * (whole[at]?.[unit] ?? 0), 0);
      expect(cosine).toBeGreaterThan(0.9999);
    });
  });

  test('its errors are told in ours', async () => {
    await expect(open('encoder').check()).resolves.toBeUndefined();
    await expect(open('nobody').check()).rejects.toMatchObject({ code: 'model_unavailable' });
    await expect(open('nobody').answer(['a'])).rejects.toMatchObject({ code: 'model_unavailable' });
    const error = await open('broken')
      .answer(['a'])
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'provider_failed',
      message: expect.not.stringContaining('on purpose'),
    });
    expect(String((error as Error).cause)).toContain('broken on purpose');
  });
});
