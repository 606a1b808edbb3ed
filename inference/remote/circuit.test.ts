import { beforeEach, expect, test } from 'vitest';
import { ParlanceError } from '#contracts';
import { Circuit } from './circuit.ts';

let now = 0;
let circuit: Circuit;
beforeEach(() => {
  now = 0;
  circuit = new Circuit(() => now);
});

const failure = new ParlanceError('model_unavailable', 'It is down.');
function fail(times: number): void {
  for (let count = 0; count < times; count++) {
    circuit.enter();
    circuit.failed(failure);
  }
}
const refusal = () => {
  try {
    circuit.enter();
    return null;
  } catch (error) {
    return error;
  }
};

test('after three failures in a row everybody is refused, with the failure and the time that is left', () => {
  fail(2);
  expect(refusal()).toBeNull();
  circuit.failed(failure);
  const refused = { code: 'model_unavailable', message: 'It is down.', details: { retryAfter: 1 } };
  expect(refusal()).toMatchObject(refused);
  now = 999;
  expect(refusal()).toMatchObject(refused);
});

test('a success in between starts the count again', () => {
  fail(2);
  circuit.succeeded();
  fail(2);
  expect(refusal()).toBeNull();
});

test('after the pause one tries for all', () => {
  fail(3);
  now = 1000;
  expect(refusal()).toBeNull();
  expect(refusal()).not.toBeNull();
  circuit.succeeded();
  expect([refusal(), refusal(), refusal()]).toEqual([null, null, null]);
});

test('callers who were on their way when the server was left alone do not make the pause longer', () => {
  for (let caller = 0; caller < 6; caller++) circuit.enter();
  for (let caller = 0; caller < 6; caller++) circuit.failed(failure);
  expect(refusal()).toMatchObject({ details: { retryAfter: 1 } });
});

test('the pause doubles with each try in vain, up to half a minute', () => {
  fail(3);
  const pauses = Array.from({ length: 7 }, () => {
    const { details } = refusal() as ParlanceError;
    now += (details.retryAfter ?? 0) * 1000;
    circuit.enter();
    circuit.failed(failure);
    return details.retryAfter;
  });
  expect(pauses).toEqual([1, 2, 4, 8, 16, 30, 30]);
});
