import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ParlanceError } from '#contracts';
import { fingerprintOf } from './fingerprint.ts';
import { locked } from './lock.ts';
import { at } from './pointer.ts';
import { readSuite } from './read.ts';
import { suiteSchema } from './schema.ts';

const suite = (more = '', scorers = '[{ name: accuracy }]') => `
suite: greetings
version: 1
title: Greetings
dataset:
  rows: [{ input: hello, expected: greeting }]
scorers: ${scorers}
${more}`;

const problemOf = (yaml: string) => {
  try {
    readSuite(yaml);
  } catch (error) {
    if (error instanceof ParlanceError)
      return error.details.errors?.[0] ?? { pointer: '', detail: error.message };
    throw error;
  }
  return null;
};

describe('a suite', () => {
  it('is read with its defaults', () => {
    const { document, scorers } = readSuite(suite());
    expect(document).toMatchObject({ repeats: 1, concurrency: 4, maxErrorRate: 0.01, answer: '', gates: [] });
    expect(scorers).toMatchObject([{ as: 'accuracy', at: null, expects: '' }]);
  });

  it.each([
    ['nonsense: 1', '/nonsense'],
    ['repeats: 0', '/repeats'],
    ['gates: [{ metric: speed, floor: 1 }]', '/gates/0/metric'],
    ['gates: [{ metric: accuracy }]', '/gates/0'],
    ['gates: [{ metric: accuracy.part, margin: 0.1 }]', '/gates/0/margin'],
    ['gates: [{ metric: accuracy.part, sliceFloor: 0.1 }]\nslices: { kind: /kind }', '/gates/0/sliceFloor'],
    ['gates: [{ metric: accuracy, sliceFloor: 0.1 }]', '/gates/0/sliceFloor'],
    ['target: { task: horoscope }', '/target/task'],
    ['slices: { Kind: /kind }', '/slices/Kind'],
  ])('is refused with a pointer: %s', (more, pointer) => {
    expect(problemOf(suite(more))?.pointer).toBe(pointer);
  });

  it('is refused for a version that is a moment to the second: no database counts so far', () => {
    const pointer = (version: string) =>
      problemOf(suite().replace('version: 1', `version: ${version}`))?.pointer;
    expect([pointer('20261130'), pointer('20261130120000')]).toEqual([undefined, '/version']);
  });

  it('is refused for a scorer that is not there, twice there, or has an option that it does not know', () => {
    for (const name of ['charm', 'constructor'])
      expect(problemOf(suite('', `[{ name: ${name} }]`))?.pointer).toBe('/scorers/0/name');
    expect(problemOf(suite('', '[{ name: accuracy }, { name: accuracy }]'))?.pointer).toBe('/scorers/1/as');
    expect(problemOf(suite('', '[{ name: f1, average: mean }]'))?.detail).toContain('micro');
  });

  it('is refused when it is no YAML, or a bomb of one', () => {
    expect(problemOf('suite: [')?.detail).toContain('not YAML');
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((key, index) => {
        const before = 'abcdefgh'[index];
        return `${key}: &${key} [${Array(10).fill(`*${before}`).join(',')}]`;
      }),
    ].join('\n');
    expect(problemOf(bomb)?.detail).toContain('aliases');
    expect(problemOf('suite: &loop [*loop]')?.detail).toContain('aliases');
  });

  it('has one fingerprint however its keys are ordered, and another when its numbers would change', () => {
    const of = (yaml: string) => fingerprintOf(readSuite(yaml).document);
    const one = of(suite('slices: { kind: /kind }\nrepeats: 2'));
    expect(of(suite('repeats: 2\nslices: { kind: /kind }'))).toBe(one);
    expect(of(suite('repeats: 2\nslices: { kind: /kind }\ngates: [{ metric: accuracy, floor: 0.5 }]'))).toBe(
      one,
    );
    expect(of(suite('repeats: 3\nslices: { kind: /kind }'))).not.toBe(one);
  });

  it('cannot be changed without a new version', () => {
    const { document } = readSuite(suite());
    const lock = locked({}, document);
    expect(locked(lock, document)).toBe(lock);
    const changed = { ...document, repeats: 2 };
    expect(() => locked(lock, changed)).toThrow(/Set "version: 2"/);
    expect(Object.keys(locked(lock, { ...changed, version: 2 }))).toEqual(['1', '2']);
  });
});

describe('the published schema', () => {
  it('is what suites are read by', () => {
    const published = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'suite.schema.json'), 'utf8'));
    // Written by `parlance eval schema > eval/suite.schema.json`.
    expect(published).toEqual(JSON.parse(JSON.stringify(suiteSchema())));
  });
});

describe('the bundled suites', () => {
  const folder = join(import.meta.dirname, '..', 'suites');
  it.each(readdirSync(folder).filter((file) => file.endsWith('.yaml')))('%s can be read', (file) => {
    const { document } = readSuite(readFileSync(join(folder, file), 'utf8'));
    expect(`${document.suite}.yaml`).toBe(file);
    expect(document.dataset.licence).toBeTruthy();
  });
});

describe('a pointer', () => {
  it('leads into objects and lists, and nowhere else', () => {
    const value = { a: [{ 'b/c': 1 }], '~': 2 };
    expect(at(value, '/a/0/b~1c')).toBe(1);
    expect(at(value, '/~0')).toBe(2);
    expect(at(value, '')).toBe(value);
    expect(at(value, '/a/-1')).toBeUndefined();
    expect(at(value, '/constructor')).toBeUndefined();
    expect(at('text', '/length')).toBeUndefined();
  });
});
