import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { collect } from './collect.ts';
import { readCsv } from './csv.ts';
import { CsvWriter } from './csv-writer.ts';
import type { Row } from './row.ts';
import type { OutputRow } from './writer.ts';

vi.setConfig({ testTimeout: 120_000 });

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  const characters = [...text];
  for (let at = 0; at < characters.length; at += size) yield characters.slice(at, at + size).join('');
}

async function read(
  text: string,
  { column, delimiter = ',', size = 7 }: { column?: string; delimiter?: string; size?: number } = {},
) {
  return collect(readCsv(pieces(text, size), { column, delimiter }));
}

const plain = (row: Row): OutputRow => ({ ...row, added: [] });

describe('readCsv', () => {
  it('keeps quoted delimiters, quotes and line breaks', async () => {
    const rows = await read('id,text\n1,"a, ""b""\nc"\r\n2,d\n');
    expect(rows.map(({ values }) => values)).toEqual([
      ['1', 'a, "b"\nc'],
      ['2', 'd'],
    ]);
    expect(rows[0]?.text).toBe('a, "b"\nc');
  });

  it('takes the named column, else text, else the only one', async () => {
    expect((await read('a,b\n1,2\n', { column: 'b' }))[0]?.text).toBe('2');
    expect((await read('a,text\n1,2\n'))[0]?.text).toBe('2');
    expect((await read('a\n1\n'))[0]?.text).toBe('1');
  });

  it('names the columns there are when the wanted one is missing', async () => {
    await expect(read('id,Text\n1,2\n', { column: 'body' })).rejects.toThrow(
      'There is no column "body". The input has: "id", "Text".',
    );
    await expect(read('id;text\n1;2\n', { column: 'text' })).rejects.toThrow('separated by ";"');
  });

  it('does not take a header cut by the wrong delimiter for the only column', async () => {
    for (const [header, delimiter, hint] of [
      ['id;text', ',', '";"'],
      ['id\ttext', ',', 'tab'],
      ['id|text', ',', '"|"'],
      ['id,text', ';', '","'],
    ] as const) {
      const rows = read(`${header}\n${header}\n`, { delimiter });
      await expect(rows).rejects.toThrow(`separated by ${hint}`);
      expect((await read(`"${header}"\na\n`, { delimiter, column: header }))[0]?.text).toBe('a');
    }
  });

  it('names the line of a row that has another number of fields, and of an open quote', async () => {
    for (const size of [7, 100])
      await expect(read('a,text\n1,2\n3\n', { size })).rejects.toThrow(
        /^Line 3 does not have (the 2 fields of|as many fields as) the header/,
      );
    await expect(read('a,text\n1,"2\n3,4\n')).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('passes on a failure of the source', async () => {
    async function* broken(): AsyncGenerator<string> {
      yield 'text\na\n';
      throw new Error('byte 7');
    }
    const rows = readCsv(broken(), { column: undefined, delimiter: ',' });
    await expect(collect(rows)).rejects.toThrow('byte 7');
  });
});

describe('CsvWriter', () => {
  it('writes what readCsv reads back, whatever the fields hold', async () => {
    const field = fc.string({
      unit: fc.constantFrom('a', 'é', '🙂', ' ', ',', ';', '"', '\n', '\r', '\t', '='),
    });
    const table = fc
      .integer({ min: 2, max: 5 })
      .chain((width) => fc.array(fc.array(field, { minLength: width, maxLength: width }), { minLength: 1 }));
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(',', ';', '\t'),
        fc.integer({ min: 1, max: 9 }),
        async (values, delimiter, size) => {
          const names = (values[0] as string[]).map((_, index) => `column ${index}`);
          const writer = new CsvWriter({ delimiter });
          const rows = values.map((row, line) => plain({ line, names, values: row, text: row[0] }));
          const text = rows.map((row) => writer.write([row])).join('') + writer.end();
          const back = await read(text, { column: 'column 0', delimiter, size });
          expect(back.map((row) => row.values)).toEqual(values);
        },
      ),
    );
  });

  it('appends the fields of the task and leaves an existing column of that name alone', () => {
    const row: OutputRow = {
      line: 2,
      names: ['text', 'error'],
      values: ['a', 'mine'],
      text: 'a',
      added: [
        ['label', 'positive'],
        ['error', undefined],
      ],
    };
    expect(new CsvWriter({ delimiter: ',' }).write([row])).toBe(
      'text,error,label,parlance_error\na,mine,positive,\n',
    );
  });

  it('refuses to lose a field that only later rows have', () => {
    const writer = new CsvWriter({ delimiter: ',' });
    writer.write([plain({ line: 1, names: ['text'], values: ['a'], text: 'a' })]);
    const later = plain({ line: 2, names: ['text', 'id'], values: ['b', 1], text: 'b' });
    expect(() => writer.write([later])).toThrow('"id"');
  });
});
