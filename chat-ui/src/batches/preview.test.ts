import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvRecords, previewOf, textColumn } from './preview.ts';

const fileOf = (name: string, text: string) => new File([text], name);
const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

it('reads any cells that were quoted, whatever is in them', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é') });
  const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(table, (records) => {
      const text = records.map((cells) => cells.map(quote).join(',')).join('\n');
      expect(csvRecords(`${text}\n`, ',')).toEqual(records);
    }),
  );
});

it('finds the delimiter by the header, and the text where it is plain', async () => {
  const semicolons = await previewOf(fileOf('a.csv', 'id;text\r\n1;"a, b"\r\n'));
  expect(semicolons).toMatchObject({ delimiter: ';', columns: ['id', 'text'], rows: [['1', 'a, b']] });
  expect(semicolons && textColumn(semicolons)).toBe('text');
  const tabs = await previewOf(fileOf('a.tsv', '\uFEFFfirst\tsecond\n1\t2\n'));
  expect(tabs).toMatchObject({ delimiter: '\t', columns: ['first', 'second'] });
  expect(tabs && textColumn(tabs)).toBeUndefined();
});

it('shows objects and lines, and nothing of what it does not know', async () => {
  expect(await previewOf(fileOf('a.jsonl', '{"a":1,"text":"x"}\n{"b":[2]}\n'))).toMatchObject({
    columns: ['a', 'text', 'b'],
    rows: [
      ['1', 'x', ''],
      ['', '', '[2]'],
    ],
  });
  expect(await previewOf(fileOf('a.txt', 'one\n\ntwo\n'))).toMatchObject({
    columns: ['text'],
    rows: [['one'], ['two']],
  });
  expect(await previewOf(fileOf('a.xlsx', 'x'))).toBeUndefined();
});

it('leaves the record out that a long file is cut in', async () => {
  const text = `text\n${'a'.repeat(40_000)}\n${'b'.repeat(40_000)}\n`;
  expect((await previewOf(fileOf('a.csv', text)))?.rows).toHaveLength(1);
});
