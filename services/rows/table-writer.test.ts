import { expect, it } from 'vitest';
import { TableWriter } from './table-writer.ts';
import type { OutputRow } from './writer.ts';

const row = (text: string, added: OutputRow['added']): OutputRow => ({
  line: 1,
  names: ['id', 'text'],
  values: [7, text],
  text,
  added,
});

it('keeps every line within the terminal, one line a row, with its heading once', () => {
  const writer = new TableWriter({ width: 60 });
  const long = 'a long text\nover two lines, '.repeat(20);
  const one = row(long, [
    ['sentiment_score', -2.71],
    ['error', undefined],
  ]);
  const lines = (writer.write([one]) + writer.write([one, one])).trimEnd().split('\n');
  expect(lines).toHaveLength(4);
  expect(lines.filter((line) => line.includes('sentiment_score'))).toHaveLength(1);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(62);
  expect(lines[1]).toMatch(/^a long text over.*…\s+-2\.71$/);
});

it('shows words instead of structures', () => {
  const added: OutputRow['added'] = [
    ['embedding', [0.1, 0.2]],
    ['spans', [{ text: 'too late' }, { text: 'again' }]],
    ['sentences', [{ text: 'Fine.', label: 'positive' }]],
  ];
  const shown = new TableWriter({ width: 140 }).write([row('a', added)]);
  expect(shown).toMatch(/2 numbers\s+too late · again\s+Fine\. \(positive\)/);
});
