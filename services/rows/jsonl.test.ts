import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect } from './collect.ts';
import { CsvWriter } from './csv-writer.ts';
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

  it('passes on every value in the spelling of the input', async () => {
    const line =
      '{ "id": 1234567890123456789, "price":1.10, "\\u0061":1e400,"2":true, "1" : null,"list":[ 12345678901234567890, {"k":"]}\\"" }], "empty":{},"text":"hi, \\"you\\" {:" }';
    const rows = (await read(line)).map((row) => ({ ...row, added: [['label', 'ok'] as const] }));
    expect(new JsonLinesWriter().write(rows)).toBe(
      '{"id":1234567890123456789,"price":1.10,"a":1e400,"2":true,"1":null,"list":[ 12345678901234567890, {"k":"]}\\"" }],"empty":{},"text":"hi, \\"you\\" {:","label":"ok"}\n',
    );
    expect(new JsonWriter().write(rows)).toContain('"id":1234567890123456789,');
    const csv = new CsvWriter({ delimiter: ',' }).write(rows).split('\n');
    expect(csv[0]).toBe('id,price,a,2,1,list,empty,text,label');
    expect(csv[1]).toMatch(/^1234567890123456789,1\.10,1e400,true,,"\[ 12345678901234567890, .*,\{\},/);
    const [twice] = await read('{"text":"a","text":"b"}');
    expect(twice).toMatchObject({ names: ['text'], values: ['b'], text: 'b' });
    expect(await read('{"text":"a"}\n{}')).toHaveLength(2);
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
  it('refuses a table with two columns of one name instead of losing the first', () => {
    const row = { line: 2, names: ['text', 'n', 'n'], values: ['a', '1', '2'], text: 'a', added: [] };
    for (const writer of [new JsonWriter(), new JsonLinesWriter()])
      expect(() => writer.write([row])).toThrow('more than one column "n"');
    expect(new CsvWriter({ delimiter: ',' }).write([row])).toBe('text,n,n\na,1,2\n');
  });

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
