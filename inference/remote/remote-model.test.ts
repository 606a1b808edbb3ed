import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { type ModelCard, ParlanceError } from '#contracts';
import type { KernelInput, KernelOutput } from '../kernel.ts';
import type { InferenceRequest } from '../runtime.ts';
import { RemoteModel } from './remote-model.ts';
import type { ModelServer, RemotePart } from './server.ts';

const card = { id: 'm', task: 'embeddings', maxTokens: 8, dimensions: 1 } as ModelCard;
const outputOf = (text: KernelInput): KernelOutput => ({
  value: Float32Array.of(Number(text)),
  tokens: 1,
  truncated: false,
});

/** One request at the server, which is answered when the test says so. */
interface Held {
  inputs: KernelInput[];
  signal: AbortSignal;
  answer(parts?: RemotePart[]): void;
  fail(error: Error): void;
}

function open(queueTokens = 1000) {
  const held: Held[] = [];
  const told: string[] = [];
  let checked: Promise<void> = Promise.resolve();
  const server: ModelServer = {
    batchTokens: 1000,
    check: () => checked,
    async *answer(inputs, signal) {
      const all = [{ rows: inputs.map((_, at) => at), outputs: inputs.map(outputOf) }];
      yield* await new Promise<RemotePart[]>((resolve, reject) => {
        held.push({ inputs: [...inputs], signal, answer: (parts = all) => resolve(parts), fail: reject });
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
    },
  };
  const model = new RemoteModel({
    ...{ card, server, queueTokens },
    observer: {
      answered: (_, { inputs }) => told.push(`answered ${inputs}`),
      failed: (_, { code }, inputs) => told.push(`${code} ${inputs}`),
    },
  });
  const ask = (inputs: KernelInput[], more: Partial<InferenceRequest> = {}) =>
    model
      .infer({ model: 'm', tenant: 't', lane: 'interactive', inputs, ...more })
      .then(({ outputs }) => outputs.map(({ value }) => (value as Float32Array)[0]));
  return { model, held, told, ask, checkWith: (result: Promise<void>) => (checked = result) };
}

const texts = (count: number) => Array.from({ length: count }, (_, at) => String(at));
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('the queue', () => {
  test('has four requests at the server at most; what waits meanwhile goes together', async () => {
    const { held, ask, told } = open();
    const answers = texts(10).map((text) => ask([text]));
    expect(held.map(({ inputs }) => inputs)).toEqual([['0'], ['1'], ['2'], ['3']]);
    held[2]?.answer();
    await expect(answers[2]).resolves.toEqual([2]);
    await settle();
    // A fourth of what waits, rounded up, for each of the four.
    expect(held[4]?.inputs).toEqual(['4', '5']);
    for (let at = 0; at < held.length; at++) {
      held[at]?.answer();
      await settle();
    }
    expect((await Promise.all(answers)).flat()).toEqual(texts(10).map(Number));
    expect(told.filter((each) => each === 'answered 1').length).toBeGreaterThan(3);
  });

  test('answers a caller in the order of their inputs, whatever the order of parts', async () => {
    const { held, ask } = open();
    const answer = ask(['7', '8', '9']);
    // An even share of three inputs on four connections.
    expect(held.map(({ inputs }) => inputs)).toEqual([['7'], ['8'], ['9']]);
    for (const each of held.toReversed()) each.answer();
    await expect(answer).resolves.toEqual([7, 8, 9]);
  });

  test('refuses what is too much, unless it goes on with something that was taken', async () => {
    const { ask, held, told } = open(6);
    const first = texts(6).map((text) => ask([text]));
    await expect(ask(['8', '9'])).rejects.toMatchObject({ code: 'overloaded', details: { retryAfter: 2 } });
    expect(told).toEqual(['overloaded 2']);
    const admitted = ask(['8'], { admitted: true });
    for (let at = 0; at < held.length; at++) {
      held[at]?.answer();
      await settle();
    }
    await Promise.all([...first, admitted]);
  });
});

describe('callers', () => {
  test('who hang up are let go; the request is broken off when nobody waits for it any more', async () => {
    const { ask, held } = open();
    const callers = [new AbortController(), new AbortController()] as const;
    const [busy] = [texts(4).map((text) => ask([text]))];
    const both = callers.map(({ signal }) => ask(['5'], { signal }));
    for (let at = 0; at < 4; at++) held[at]?.answer();
    await Promise.all(busy);
    await settle();
    const shared = held.slice(4);
    callers[0].abort();
    await expect(both[0]).rejects.toMatchObject({ code: 'cancelled' });
    const left = shared.filter(({ signal }) => !signal.aborted);
    expect(left.length).toBeGreaterThan(0);
    callers[1].abort();
    await expect(both[1]).rejects.toMatchObject({ code: 'cancelled' });
    expect(shared.every(({ signal }) => signal.aborted)).toBe(true);
    expect(callers.map(({ signal }) => getEventListeners(signal, 'abort').length)).toEqual([0, 0]);
  });

  test('whose time is over are answered, whether they waited or were being served', async () => {
    const { ask, held } = open();
    const late = texts(5).map((text) => ask([text], { timeoutMs: 5 }));
    for (const each of late) await expect(each).rejects.toMatchObject({ code: 'timeout' });
    await settle();
    expect(held.length).toBeGreaterThanOrEqual(4);
    expect(held.every(({ signal }) => signal.aborted)).toBe(true);
  });

  test('who hang up while they wait leave the queue, and those who were answered leave nothing behind', async () => {
    const { model, ask, held } = open();
    const caller = new AbortController();
    const answers = texts(4).map((text) => ask([text], { signal: caller.signal }));
    const impatient = new AbortController();
    const waiting = ask(['4'], { signal: impatient.signal });
    expect(model.queuedInputs).toBe(1);
    impatient.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect(model.queuedInputs).toBe(0);
    for (const each of held) each.answer();
    await Promise.all(answers);
    await settle();
    expect(getEventListeners(caller.signal, 'abort')).toEqual([]);
  });

  test('who were gone before are not served', async () => {
    const { ask, held } = open();
    await expect(ask(['1'], { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
    expect(held).toEqual([]);
  });
});

describe('failures', () => {
  const down = new ParlanceError('model_unavailable', 'It is down.');

  test('cost those that had no answer yet', async () => {
    const { ask, held, told, model } = open();
    const blocking = texts(4).map((text) => ask([text]));
    const others = ['5', '6'].map((text) => ask([text], { timeoutMs: 1000 }));
    for (const each of held.slice(0, 4)) each.answer();
    await Promise.all(blocking);
    await settle();
    for (const each of held.slice(4)) each.fail(down);
    for (const each of others) await expect(each).rejects.toBe(down);
    expect(told).toContain('model_unavailable 1');
    expect(model.condition).toMatchObject({ state: 'failed', reason: 'It is down.' });
  });

  test('about one input are told to its caller', async () => {
    const { ask, held, model } = open();
    const refused = new ParlanceError('invalid_input', 'No.');
    const answer = ask(['1']);
    held[0]?.answer([{ rows: [0], outputs: [refused] }]);
    await expect(answer).rejects.toBe(refused);
    expect(model.condition).toMatchObject({ state: 'ready' });
  });

  test.each<[string, RemotePart[], string]>([
    [
      'a vector of another length',
      [{ rows: [0], outputs: [{ ...outputOf('1'), value: Float32Array.of(1, 2) }] }],
      'has 2 numbers where 1 belong',
    ],
    ['no number', [{ rows: [0], outputs: [outputOf('x')] }], 'has values that are no numbers'],
    ['nothing', [], 'leaves out 1 of 1 texts'],
  ])('are %s', async (_, parts, message) => {
    const { ask, held } = open();
    const answer = ask(['1']);
    held[0]?.answer(parts);
    await expect(answer).rejects.toMatchObject({
      code: 'provider_failed',
      message: expect.stringContaining(message),
    });
  });

  test('of our own reading are the answer’s', async () => {
    const { ask, held } = open();
    const answer = ask(['1']);
    held[0]?.fail(new TypeError('x is undefined'));
    await expect(answer).rejects.toMatchObject({
      code: 'provider_failed',
      message: expect.stringContaining('cannot be used'),
    });
  });
});

test('its state is what the server last showed', async () => {
  const { model, checkWith, ask, held } = open();
  expect(model.condition).toMatchObject({ state: 'available' });
  checkWith(Promise.reject(new ParlanceError('model_unavailable', 'Not there.')));
  await model.start();
  expect(model.condition).toMatchObject({ state: 'failed', reason: 'Not there.' });
  const answer = ask(['1']);
  held[0]?.answer();
  await answer;
  await settle();
  expect(model.condition).toMatchObject({ state: 'ready' });
  await model.stop(0);
});

test('stopping waits for what runs and refuses what comes', async () => {
  const { model, ask, held } = open();
  const running = ask(['1']);
  const stopped = model.stop(10_000);
  await expect(ask(['2'])).rejects.toMatchObject({ code: 'model_unavailable' });
  held[0]?.answer();
  await expect(running).resolves.toEqual([1]);
  await stopped;
  const { model: other, ask: askOther } = open();
  const broken = askOther(['1']);
  await Promise.all([other.stop(0), expect(broken).rejects.toMatchObject({ code: 'model_unavailable' })]);
});
