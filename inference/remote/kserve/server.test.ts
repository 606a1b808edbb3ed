import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ModelCard, ParlanceError } from '#contracts';
import {
  engines,
  type KernelOutput,
  type KernelRegistry,
  type RemoteReply,
  type Transport,
} from '#inference';
import { type KserveTraits, kserveServer } from '../../../test/fixtures/kserve-server.ts';
import { answersFrom, json, replyOf } from '../../../test/fixtures/remote-reply.ts';
import { encodeTexts } from '../../encoder.ts';
import { Endpoint } from '../endpoint.ts';
import { kserve } from './server.ts';

const folder = join(import.meta.dirname, '../../../models/all-MiniLM-L6-v2');
const width = 4;
const card = {
  ...{ id: 'm', task: 'embeddings', kernel: 'first', engine: 'kserve', source: 'remote', maxTokens: 16 },
  ...{ dimensions: width, endpoint: { url: 'http://server', model: 'encoder' } },
} as ModelCard;
const kernels: KernelRegistry = {
  first: {
    name: 'first',
    run: (model, texts: string[], passTokens) =>
      encodeTexts(model, texts, passTokens, 'last_hidden_state', ({ output, rows }) =>
        Array.from({ length: rows }, (_, row) =>
          (output.data as Float32Array).slice((row * output.data.length) / rows).slice(0, width),
        ),
      ),
  },
};
const patient = new AbortController().signal;

async function open(
  traits: KserveTraits = {},
  wrap = (transport: Transport): Transport => transport,
  files = folder,
) {
  const session = await (await engines.fake()).load({ graph: '', threads: 1, width });
  const endpoint = new Endpoint('m', wrap(kserveServer(session, traits)));
  const server = kserve({ card, endpoint, folder: files, kernels });
  return {
    server,
    answer: async (texts: string[]) => (await answersFrom(server, texts)) as KernelOutput[],
  };
}

const texts = [
  'good morning',
  'a',
  'something that is quite a bit longer than the others are, and is cut off at its end',
  'good',
];

test('texts are tokenized here and answered in their order, whatever the server takes at once', async () => {
  const seen: number[] = [];
  const whole = await (await open()).answer(texts);
  const { answer } = await open({ mostRows: 2, onInfer: ({ rows }) => seen.push(rows) });
  expect(await answer(texts)).toEqual(whole);
  expect(Math.max(...seen)).toBe(2);
  expect(whole.map(({ tokens }) => tokens)).toEqual([4, 3, 16, 3]);
  expect(whole.map(({ truncated }) => truncated)).toEqual([false, false, true, false]);
  expect(new Set(whole.map(({ value }) => String(value))).size).toBe(texts.length);
});

test('only the tensors that the model names are sent, as it names their datatype', async () => {
  const names: string[][] = [];
  const inputs = ['input_ids', 'attention_mask'].map((name) => ({ name, datatype: 'INT32' }));
  const { answer } = await open({ inputs, onInfer: (request) => names.push(request.names) });
  expect(await answer(['good'])).toEqual(await (await open()).answer(['good']));
  expect(names).toEqual([['input_ids', 'attention_mask']]);
});

test('a tokenizer that cannot be read is named, without its folder', async () => {
  const nowhere = join(folder, 'onnx');
  const { answer } = await open({}, undefined, nowhere);
  const error = await answer(['good']).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'model_unavailable', message: /tokenizer\.json is missing/ });
  expect((error as Error).message).not.toContain(nowhere);
});

test('a check says whether the model is loaded', async () => {
  await expect((await open()).server.check(patient)).resolves.toBeUndefined();
  const missing = (await open({ model: 'other' })).server.check(patient);
  await expect(missing).rejects.toMatchObject({
    code: 'model_unavailable',
    message: expect.stringContaining('has not loaded it'),
  });
});

describe('an answer that cannot be used costs a clear error', () => {
  const bytes = (body: string, length?: string): RemoteReply =>
    replyOf(
      200,
      Buffer.from(body),
      length === undefined ? {} : { 'inference-header-content-length': length },
    );
  const output = (more: object) =>
    json(200, { outputs: [{ name: 'last_hidden_state', datatype: 'FP32', ...more }] });
  const four = Array.from({ length: 12 }, () => 0.5);

  test.each<[string, RemoteReply, string, string]>([
    ['no JSON', bytes('<html>'), 'provider_failed', 'is no JSON'],
    ['cut off', bytes('{"outputs":[]}', '99'), 'provider_failed', 'says that 99 of its'],
    ['another output', json(200, { outputs: [] }), 'provider_failed', 'has no output last_hidden_state'],
    [
      'other rows',
      output({ shape: [3, 1, 4], data: four }),
      'provider_failed',
      '3 × 1 × 4 where 1 rows of 4',
    ],
    [
      'another width',
      output({ shape: [1, 4, 3], data: four }),
      'provider_failed',
      '1 × 4 × 3 where 1 rows of 4',
    ],
    [
      'texts',
      output({ datatype: 'BYTES', shape: [1, 1, 4], data: ['a'] }),
      'provider_failed',
      'has 1 numbers',
    ],
    ['a refusal', json(400, { error: 'wrong shape' }), 'provider_failed', 'refuses the tensors'],
    ['404', json(404, { error: 'no such model' }), 'model_unavailable', 'does not know the model'],
    ['500', json(500, { error: 'a stack' }), 'provider_failed', 'failed with status 500'],
    ['503', json(503, { error: 'unloading' }), 'model_unavailable', 'is not available right now'],
  ])('%s', async (_, reply, code, message) => {
    const { answer } = await open(
      {},
      (transport) => async (request, signal) =>
        request.path.endsWith('/infer') ? reply : transport(request, signal),
    );
    const error = await answer(['good']).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ParlanceError);
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
    expect((error as Error).message).not.toMatch(/server:|stack|wrong shape|undefined/);
  });

  test('a model that asks for more than a tokenizer gives', async () => {
    const inputs = [{ name: 'pixels', datatype: 'FP32' }];
    const error = (await open({ inputs })).answer(['good']);
    await expect(error).rejects.toThrow('asks for pixels, which this model has not');
  });

  test('what the server says of a model is asked again after a failure', async () => {
    let fails = true;
    const asked: string[] = [];
    const { answer } = await open({}, (transport) => async (request, signal) => {
      asked.push(request.path);
      return fails && request.path.endsWith('/infer') ? json(500, {}) : transport(request, signal);
    });
    await expect(answer(['good'])).rejects.toThrow('status 500');
    fails = false;
    await answer(['good']);
    await answer(['good']);
    expect(asked.filter((path) => path === '/v2/models/encoder')).toHaveLength(2);
  });
});

test('a model that writes is not asked for', () => {
  const endpoint = new Endpoint('m', () => Promise.reject(new Error('asked')));
  const writer: ModelCard = { ...card, task: 'translations' };
  expect(() => kserve({ card: writer, endpoint, folder, kernels })).toThrow('not asked for translations');
});

test('a kernel that no worker has is named before anything is asked', () => {
  const endpoint = new Endpoint('m', () => Promise.reject(new Error('asked')));
  expect(() => kserve({ card: { ...card, kernel: '' }, endpoint, folder, kernels })).toThrow(
    'kernel is one of first',
  );
});
