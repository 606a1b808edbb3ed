import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect } from './collect.ts';
import { JsonLinesWriter, JsonWriter } from './json-writer.ts';
import { readJsonl } from './jsonl.ts';
import { readText } from './text.ts';

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

const read = (text: string, column?: string) => collect(readJsonl(once(text), { column, delimiter: ',' }));

describe('readJsonl', () => {
  it('reads what the writer wrote, U+2028 and all', async () => {
    const record = fc.record({ text: fc.string({ unit: 'grapheme' }), n: fc.jsonValue() });
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1 }), async (records) => {
        const json = records.map((each) => `${JSON.stringify(each)}\n`).join('');
        const rows = await read(json);
        const writer = new JsonLinesWriter();
        expect(writer.write(rows.map((row) => ({ ...row, added: [] })))).toBe(json);
      }),
    );
    expect(await read('{"text":"a\u2028b"}\n')).toHaveLength(1);
  });

  it('gives a row without text where a later line lacks the field or holds no string', async () => {
    const rows = await read('{"body":"a"}\n\n{"id":2}\n{"body":3}', 'body');
    expect(rows.map((row) => row.text)).toEqual(['a', undefined, undefined]);
    expect(rows.map((row) => row.line)).toEqual([1, 3, 4]);
  });

  it('names the line that is no object and the fields there are', async () => {
    await expect(read('{"text":"a"}\n{oops}\n')).rejects.toThrow('Line 2 is not JSON');
    await expect(read('[1]\n')).rejects.toThrow('Line 1 is not a JSON object');
    await expect(read('{"id":1,"body":"a"}\n')).rejects.toThrow('The input has: "id", "body"');
  });
});

describe('JsonWriter', () => {
  it('is a valid array after any number of rows', () => {
    for (const count of [0, 1, 3]) {
      const writer = new JsonWriter();
      const rows = Array.from({ length: count }, (_, line) => ({
        line,
        names: ['text'],
        values: ['a'],
        text: 'a',
        added: [],
      }));
      const text = rows.map((row) => writer.write([row])).join('') + writer.end();
      expect(JSON.parse(text)).toHaveLength(count);
    }
  });
});

describe('readText', () => {
  it('takes one text a line and leaves blank ones out', async () => {
    const rows = await collect(readText(once('a\r\n\n  \nb'), { column: undefined, delimiter: ',' }));
    expect(rows.map(({ text, line }) => [text, line])).toEqual([
      ['a', 1],
      ['b', 4],
    ]);
  });
});
