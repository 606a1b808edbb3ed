import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { bytesOf, endWithin } from './token-bytes.ts';
import { loadTokenizer, type Tokenizer } from './tokenizer.ts';

const root = join(import.meta.dirname, '..');
const model = join(root, 'models/all-MiniLM-L6-v2');

describe('tokenizer', () => {
  let tokenizer: Tokenizer;
  let short: Tokenizer;
  beforeAll(async () => {
    tokenizer = await loadTokenizer(model, 512);
    short = await loadTokenizer(model, 8);
  });

  test('gives the ids of the reference implementation on 200 texts', async () => {
    const fixture = JSON.parse(await readFile(join(root, 'test/fixtures/wordpiece-ids.json'), 'utf8'));
    expect(fixture.rows).toHaveLength(200);
    const differing = fixture.rows.filter(
      (row: { text: string; ids: number[] }) => tokenizer.encode(row.text).ids.join() !== row.ids.join(),
    );
    expect(differing.map((row: { text: string }) => row.text)).toEqual([]);
  });

  test('cuts at the limit, keeps the closing token and says so', () => {
    const whole = tokenizer.encode('one two three four five six seven eight nine');
    const cut = short.encode('one two three four five six seven eight nine');
    expect(whole.truncated).toBe(false);
    expect(cut).toEqual({ ids: [...whole.ids.slice(0, 7), whole.ids.at(-1)], truncated: true });
  });

  test('does not tokenize what cannot be read, and still says that it is missing', () => {
    const long = short.encode('word '.repeat(20_000));
    expect(long.ids).toHaveLength(8);
    expect(long.truncated).toBe(true);
  });
});

describe('tokens that end within a character', () => {
  test('are told from those that spell U+FFFD, in a vocabulary of bytes', async () => {
    const folder = join(root, 'test/fixtures/chat-models/tiny-chat');
    const tokenizer = await loadTokenizer(folder, 64);
    const ids = tokenizer.encodeWhole('Hi 👋');
    expect(tokenizer.endWithin(ids)).toBe(false);
    expect(tokenizer.endWithin(ids.slice(0, -1))).toBe(true);
    expect(tokenizer.endWithin([...ids.slice(0, -1), tokenizer.idOf('<|im_end|>') ?? 0])).toBe(true);
    expect(tokenizer.endWithin(tokenizer.encodeWhole('Hi \uFFFD'))).toBe(false);
  });

  test('and in one that has bytes beside its words', () => {
    const bytes = ['<0xF0>', '<0x9F>', '<0x91>', '<0x8B>'].flatMap((token) => bytesOf(token, false) ?? []);
    expect(endWithin(bytes.slice(0, 3))).toBe(true);
    expect(endWithin(bytes)).toBe(false);
    expect(bytesOf('▁Hi', false)).toBeUndefined();
  });
});
