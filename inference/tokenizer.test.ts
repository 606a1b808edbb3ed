import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
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
