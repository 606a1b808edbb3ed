import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReviewScale } from '#contracts';
import { agreementOf, type Judged } from './agreement.ts';

const preference: ReviewScale = { kind: 'preference' };
const five: ReviewScale = { kind: 'scale', points: 5 };
/** What raters r0, r1, … said of items i0, i1, …; null for nothing. */
const said = (...items: (Judged['choice'] | null)[][]): Judged[] =>
  items.flatMap((choices, item) =>
    choices.flatMap((choice, rater) =>
      choice === null ? [] : { itemId: `i${item}`, rater: `r${rater}`, choice },
    ),
  );

describe('agreement', () => {
  it('is there as soon as one item has two judgements', () => {
    expect(agreementOf([], preference)).toBeNull();
    expect(agreementOf(said(['first', null], [null, 'tie']), preference)).toBeNull();
    expect(agreementOf(said(['first', 'first'], [null, 'tie']), preference)).toMatchObject({ items: 1 });
  });

  it('of the same two raters is Cohen’s κ', () => {
    const rows: [string, string, number][] = [
      ['first', 'first', 20],
      ['first', 'second', 5],
      ['second', 'first', 10],
      ['second', 'second', 15],
    ];
    const judged = said(...rows.flatMap(([a, b, times]) => Array.from({ length: times }, () => [a, b])));
    const found = agreementOf(judged, preference);
    expect(found).toMatchObject({ measure: 'kappa', items: 50 });
    expect(found?.value).toBeCloseTo(0.4, 12);
    expect(found?.words).toContain('mend the guideline');
    const { low = 0, high = 0 } = found?.interval() ?? {};
    expect(low).toBeLessThan(0.4);
    expect(high).toBeGreaterThan(0.4);
  });

  it('weighs on a scale how far apart they are', () => {
    const near = agreementOf(said([1, 2], [5, 5], [3, 3], [2, 1]), five)?.value ?? 0;
    const far = agreementOf(said([1, 5], [5, 5], [3, 3], [2, 1]), five)?.value ?? 0;
    expect(near).toBeGreaterThan(far);
  });

  it('of three raters, or of other two each time, is Krippendorff’s α', () => {
    const found = agreementOf(said(['tie', 'tie', null], [null, 'first', 'first']), preference);
    expect(found).toMatchObject({ measure: 'alpha', value: 1, items: 2 });
    expect(found?.words).toContain('rely on');
    expect(agreementOf(said([4, 4, 4]), five)?.interval()).toBeNull();
  });

  it('does not hang on the order in which judgements came', () => {
    const choice = fc.constantFrom('first', 'second', 'tie', null);
    fc.assert(
      fc.property(fc.array(fc.tuple(choice, choice, choice), { maxLength: 12 }), fc.nat(), (items, turn) => {
        const judged = said(...items);
        const from = judged.length ? turn % judged.length : 0;
        const turned = [...judged.slice(from), ...judged.slice(0, from)];
        const [one, other] = [judged, turned].map((each) => agreementOf(each, preference));
        expect(other?.value).toBe(one?.value);
        expect(other?.items).toBe(one?.items);
      }),
    );
  });
});
