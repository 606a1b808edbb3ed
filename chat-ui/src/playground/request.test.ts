import { describe, expect, it } from 'vitest';
import { maxTextLength, maxTextsPerCall } from '#contracts';
import { complaint, linesOf, optionsOf, optionsParam, requestOf, sameRequest } from './request.ts';
import { linkableText, playgroundSearch } from './search.ts';
import type { AnyTask } from './task.ts';

const about = (key: string) => ({ key, label: key, hint: '' });
const option = (key: string, initially: boolean) => ({ ...about(key), kind: 'switch', initially });
const task = {
  name: 'sentiment',
  manyInitially: false,
  options: [option('explain', true), option('sentences', false)],
} as unknown as AnyTask;

describe('the request of an address and a text', () => {
  it('uses the defaults of the task and leaves out what is off', () => {
    expect(requestOf(task, {}, 'Hello')).toEqual({
      task: 'sentiment',
      input: 'Hello',
      options: { explain: true },
    });
  });

  it('follows the address', () => {
    const search = { options: 'sentences', many: true, model: 'other' };
    expect(requestOf(task, search, 'one\n\n  \ntwo\r\nthree ')).toEqual({
      task: 'sentiment',
      input: ['one', 'two', 'three '],
      options: { sentences: true },
      model: 'other',
    });
  });

  it.each<Record<string, boolean>>([
    {},
    { explain: true },
    { sentences: true },
    { explain: true, sentences: true },
  ])('round-trips the switches %o through the address', (on) => {
    const options = { explain: false, sentences: false, ...on };
    expect(optionsOf(task, { options: optionsParam(task, options) })).toEqual(options);
  });

  it('carries choices and words, whatever is in them', () => {
    const spoken = {
      ...task,
      options: [
        option('formal', false),
        { ...about('target'), kind: 'choice', initially: 'es', choices: [] },
        { ...about('labels'), kind: 'words', initially: '', list: true },
      ],
    } as unknown as AnyTask;
    expect(requestOf(spoken, {}, 'Hello').options).toEqual({ target: 'es' });
    const options = { formal: true, target: 'en', labels: 'late & lost, a=b,  ,c' };
    const search = { options: optionsParam(spoken, options) };
    expect(optionsOf(spoken, search)).toEqual(options);
    expect(requestOf(spoken, search, 'Hello').options).toEqual({
      formal: true,
      target: 'en',
      labels: ['late & lost', 'a=b', 'c'],
    });
  });

  it('keeps the default switches out of the address', () => {
    expect(optionsParam(task, { explain: true, sentences: false })).toBeUndefined();
  });

  it('tells a changed request from the same one', () => {
    const request = requestOf(task, {}, 'Hello');
    expect(sameRequest(request, requestOf(task, {}, 'Hello'))).toBe(true);
    expect(sameRequest(request, requestOf(task, {}, 'Hello!'))).toBe(false);
  });
});

describe('what is refused before the trip', () => {
  const of = (input: string | string[]) => complaint({ task: 'sentiment', input, options: {} });

  it('nothing to send', () => {
    expect(of(' \n')).toMatch(/Write or paste/);
    expect(of([])).toMatch(/Write or paste/);
  });

  it('a text over the limit, but not one at it', () => {
    expect(of('x'.repeat(maxTextLength))).toBeUndefined();
    expect(of('x'.repeat(maxTextLength + 1))).toMatch(/^The text is longer/);
    expect(of(['ok', 'x'.repeat(maxTextLength + 1)])).toMatch(/^Line 2 is longer/);
  });

  it('more texts than one call takes', () => {
    expect(of(Array(maxTextsPerCall).fill('x'))).toBeUndefined();
    expect(of(Array(maxTextsPerCall + 1).fill('x'))).toMatch(/1,025/);
  });
});

describe('the address', () => {
  it('keeps what it knows and drops the rest', () => {
    expect(playgroundSearch({ task: 'nonsense', view: 'code', text: 42, many: 'yes', evil: 1 })).toEqual({
      task: undefined,
      text: '42',
      many: undefined,
      options: undefined,
      model: undefined,
      view: 'code',
    });
  });

  it('carries short texts only', () => {
    expect(linkableText('short')).toBe('short');
    expect(linkableText('x'.repeat(501))).toBeUndefined();
    expect(linkableText('')).toBeUndefined();
  });

  it('splits lines whatever their ending', () => {
    expect(linesOf('a\r\nb\n\nc')).toEqual(['a', 'b', 'c']);
  });
});
