import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, selectRows } from './selection.ts';

const higher = { seed: 1, better: 'higher' as const };
const candidates: Candidate[] = [
  { id: 'a', errored: false, values: [0.9, 0.8] },
  { id: 'b', errored: true, values: [0.1, 0.9] },
  { id: 'c', errored: false, values: [0.5, null] },
  { id: 'd', errored: false, values: [null, 0.2] },
  { id: 'e', errored: false, values: [0.3, 0.3] },
];
const chosen = (selection: Parameters<typeof selectRows>[1], settings = higher) =>
  selectRows(candidates, selection, settings).sort();

describe('a selection', () => {
  it('takes the worst that were judged, whichever way that is', () => {
    expect(chosen({ worst: 2, scorer: 'x' })).toEqual(['b', 'e']);
    expect(chosen({ worst: 2, scorer: 'x' }, { ...higher, better: 'lower' as never })).toEqual(['a', 'c']);
    expect(chosen({ worst: 9, scorer: 'x' })).toEqual(['a', 'b', 'c', 'e']);
  });

  it('takes what the runs disagree about most, and nothing they agree about', () => {
    expect(chosen({ disagreements: 1, scorer: 'x' })).toEqual(['b']);
    expect(chosen({ disagreements: 9, scorer: 'x' })).toEqual(['a', 'b']);
  });

  it('takes what has an error for an answer', () => {
    expect(chosen({ errored: 3 })).toEqual(['b']);
  });

  it('takes listed rows in their order', () => {
    expect(selectRows(candidates, { rows: ['e', 'a'] }, higher)).toEqual(['e', 'a']);
    const pointerOf = (rows: string[]) => {
      try {
        return selectRows(candidates, { rows }, higher);
      } catch (error) {
        return (error as { details: { errors: { pointer: string }[] } }).details.errors[0]?.pointer;
      }
    };
    expect(pointerOf(['a', 'z'])).toBe('/select/rows/1');
    expect(pointerOf(['a', 'b', 'a'])).toBe('/select/rows/2');
  });

  it('that finds nothing is refused', () => {
    const fine = candidates.filter(({ errored }) => !errored);
    expect(() => selectRows(fine, { errored: 1 }, higher)).toThrow(/Nothing in the runs/);
    expect(() => selectRows([], { random: 1 }, higher)).toThrow(/Nothing in the runs/);
  });

  it('by chance is as long as asked, without doubles, and another for another seed', () => {
    const many = Array.from({ length: 200 }, (_, at) => ({ id: `${at}`, errored: false, values: [] }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(), (random, seed) => {
        const rows = selectRows(many, { random }, { ...higher, seed });
        expect(rows).toHaveLength(Math.min(random, many.length));
        expect(new Set(rows).size).toBe(rows.length);
        expect(selectRows([...many].reverse(), { random }, { ...higher, seed })).toEqual(rows);
      }),
    );
    const [one, other] = [1, 2].map((seed) => selectRows(many, { random: 20 }, { ...higher, seed }).sort());
    expect(one).not.toEqual(other);
  });

  it('says nothing about a row by its place in the queue', () => {
    const many = Array.from({ length: 100 }, (_, at) => ({ id: `${at}`, errored: false, values: [at] }));
    const rows = selectRows(many, { worst: 50, scorer: 'x' }, higher);
    expect([...rows].map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, at) => at));
    expect(rows.slice(0, 5)).not.toEqual(['0', '1', '2', '3', '4']);
  });
});
