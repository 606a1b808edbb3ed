import { expect, test } from 'vitest';
import { prepareRows } from './rows.ts';

const row = (text: string, label: string | null) => ({ text, label });

test('what was said twice is there once, and what was said of two labels is told', () => {
  const given = [
    row('Where is it?', 'a'),
    row(' where  is IT? ', 'a'),
    row('Where is it?', 'b'),
    row('b', 'b'),
  ];
  const { rows, counts, warnings } = prepareRows(given);
  expect(rows).toHaveLength(3);
  expect({ ...counts }).toEqual({ a: 1, b: 2 });
  expect(warnings.map(({ code }) => code)).toEqual(['one_row', 'few_rows', 'duplicates', 'contradiction']);
  expect(warnings.map(({ detail }) => detail).slice(0, 2)).toEqual([
    '“a” has one row: how well that is recognised cannot be measured.',
    '“b” has fewer than 5 rows. Add some, in other words.',
  ]);
});

test('oos is no label, and names of properties are labels like any other', () => {
  const given = [row('x', 'oos'), row('y', null), row('a', '__proto__'), row('b', 'constructor')];
  const { counts, outOfScope } = prepareRows(given);
  expect(outOfScope).toBe(2);
  expect(Object.entries(counts).sort()).toEqual([
    ['__proto__', 1],
    ['constructor', 1],
  ]);
});

test('one label, none and hundreds are refused, with the field', () => {
  const refusal = { code: 'invalid_input', details: { errors: [{ pointer: '/rows' }] } };
  const many = Array.from({ length: 501 }, (_, at) => row(`${at}`, `${at}`));
  for (const given of [[row('a', 'a'), row('b', 'a')], [row('a', null)], many]) {
    try {
      prepareRows(given);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject(refusal);
    }
  }
});
