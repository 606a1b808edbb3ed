import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encoderInputs, pack } from './packing.ts';

test('packs hold every row once, within the budget unless a single row exceeds it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 256 })),
      fc.integer({ min: 1, max: 2048 }),
      (lengths, budget) => {
        const packs = pack(lengths, budget);
        expect(packs.flatMap((each) => each.rows).toSorted((a, b) => a - b)).toEqual(
          lengths.map((_, row) => row),
        );
        for (const { rows, width } of packs) {
          expect(width).toBe(Math.max(...rows.map((row) => lengths[row] ?? 0)));
          expect(rows.length === 1 || width * rows.length <= budget).toBe(true);
        }
      },
    ),
  );
});

test('pads on the right with zeros and masks them', () => {
  const inputs = encoderInputs(
    [
      [101, 7, 102],
      [101, 102],
    ],
    4,
  );
  expect(inputs.input_ids?.dims).toEqual([2, 4]);
  expect([...(inputs.input_ids?.data ?? [])]).toEqual([101n, 7n, 102n, 0n, 101n, 102n, 0n, 0n]);
  expect([...(inputs.attention_mask?.data ?? [])]).toEqual([1n, 1n, 1n, 0n, 1n, 1n, 0n, 0n]);
});
