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

test('like lengths share a pass, unlike ones do not', () => {
  expect(pack([20, 20, 20, 20], 1024)).toEqual([{ rows: [0, 1, 2, 3], width: 20 }]);
  expect(pack([20, 200, 22, 190], 1024).map((each) => each.width)).toEqual([200, 22]);
});

test('no other cut of the sorted rows costs less', () => {
  const cost = (packs: { rows: number[]; width: number }[]) =>
    packs.reduce((sum, each) => sum + 12 + each.rows.length * each.width, 0);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 9 }), (lengths) => {
      const sorted = lengths.toSorted((a, b) => b - a);
      let least = Number.POSITIVE_INFINITY;
      for (let cuts = 0; cuts < 2 ** (sorted.length - 1); cuts++) {
        const packs = [{ rows: [0], width: sorted[0] ?? 0 }];
        for (let row = 1; row < sorted.length; row++) {
          if (cuts & (1 << (row - 1))) packs.push({ rows: [row], width: sorted[row] ?? 0 });
          else packs.at(-1)?.rows.push(row);
        }
        least = Math.min(least, cost(packs));
      }
      expect(cost(pack(lengths, 1e9))).toBe(least);
    }),
  );
});

test('pads on the right with zeros and masks them', () => {
  const inputs = encoderInputs([{ ids: [101, 7, 102], types: [0, 1, 1] }, { ids: [101, 102] }], 4);
  expect(inputs.input_ids?.dims).toEqual([2, 4]);
  expect([...(inputs.input_ids?.data ?? [])]).toEqual([101n, 7n, 102n, 0n, 101n, 102n, 0n, 0n]);
  expect([...(inputs.token_type_ids?.data ?? [])]).toEqual([0n, 1n, 1n, 0n, 0n, 0n, 0n, 0n]);
  expect([...(inputs.attention_mask?.data ?? [])]).toEqual([1n, 1n, 1n, 0n, 1n, 1n, 0n, 0n]);
});
