import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceOf, fusedRank } from './evidence.ts';
import { type IndexedPassage, PassageIndex } from './passage-index.ts';

const unit = (...values: number[]) => {
  const length = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / length);
};
const passage = (id: string, lexemes: string, vector = unit(1, 0), language = 'en'): IndexedPassage => ({
  id,
  language,
  vector,
  lexemes: lexemes.split(' ').filter(Boolean),
});
const words = (text: string, language = 'en') => new Map([[language, text.split(' ')]]);

describe('the index', () => {
  it('counts a word by how rare it is', () => {
    const index = new PassageIndex();
    index.replace('a', [
      passage('1', 'bill fee'),
      passage('2', 'bill'),
      passage('3', 'bill'),
      passage('4', 'other'),
    ]);
    const found = index.search({ vector: unit(1, 0), lexemes: words('bill fee unheard') });
    const coverage = Object.fromEntries(found.map((each) => [each.passage.id, each.coverage]));
    // idf of BM25 by hand: bill ln(1 + 1.5 / 3.5), fee ln(1 + 3.5 / 1.5), unheard ln(1 + 4.5 / 0.5).
    const [bill, fee, unheard] = [Math.log(10 / 7), Math.log(10 / 3), Math.log(10)];
    expect(coverage['1']).toBeCloseTo((bill + fee) / (bill + fee + unheard), 10);
    expect(coverage['2']).toBeCloseTo(bill / (bill + fee + unheard), 10);
    expect(coverage['4']).toBe(0);
    expect(found.find((each) => each.passage.id === '1')?.textRank).toBe(1);
    expect(found.find((each) => each.passage.id === '4')?.textRank).toBeNull();
  });

  it('judges the passages of each language by its own words', () => {
    const index = new PassageIndex();
    index.replace('a', [passage('en', 'roam data'), passage('es', 'roam factur', unit(1, 0), 'es')]);
    const lexemes = new Map([...words('roam'), ...words('roam factur', 'es')]);
    for (const { coverage } of index.search({ vector: unit(1, 0), lexemes }))
      expect(coverage).toBeCloseTo(1, 10);
  });

  it('forgets what is replaced', () => {
    const index = new PassageIndex();
    const ids = () =>
      index.search({ vector: unit(1, 0), lexemes: words('x') }).map((each) => each.passage.id);
    index.replace('a', [passage('old', 'x')]);
    expect(ids()).toEqual(['old']);
    index.replace('a', [passage('new', 'x')]);
    index.replace('b', [passage('other', 'x')]);
    expect(ids().sort()).toEqual(['new', 'other']);
    index.replace('b', []);
    expect([ids(), index.size]).toEqual([['new'], 1]);
  });

  it('gives nothing while it is empty', () => {
    expect(new PassageIndex().search({ vector: unit(1), lexemes: words('x') })).toEqual([]);
  });

  it('finds the same twenty as sorting all of them does', () => {
    const numbers = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 90 });
    fc.assert(
      fc.property(numbers, (angles) => {
        const index = new PassageIndex();
        index.replace(
          'a',
          angles.map((angle, at) => passage(String(at), '', unit(Math.cos(angle), Math.sin(angle)))),
        );
        const found = index.search({ vector: unit(1, 0), lexemes: new Map() });
        const cosines = angles.map((angle) => Math.cos(angle)).sort((a, b) => b - a);
        const places = found.sort((a, b) => (a.vectorRank ?? 0) - (b.vectorRank ?? 0));
        expect(places.map(({ vectorRank }) => vectorRank)).toEqual(places.map((_, at) => at + 1));
        places.forEach(({ cosine }, at) => {
          expect(cosine).toBeCloseTo(cosines[at] ?? 9, 5);
        });
        expect(places).toHaveLength(Math.min(20, angles.length));
      }),
    );
  });
});

describe('evidence', () => {
  it('grows with closeness and with rare words, and prefers the language asked for', () => {
    const base = { cosine: 0.5, coverage: 0.5, foreign: false };
    expect(evidenceOf({ ...base, cosine: 0.6 })).toBeGreaterThan(evidenceOf(base));
    expect(evidenceOf({ ...base, coverage: 0.6 })).toBeGreaterThan(evidenceOf(base));
    expect(evidenceOf({ ...base, foreign: true })).toBeLessThan(evidenceOf(base));
  });
});

it('fuses places by their reciprocals', () => {
  expect(fusedRank([1, 3])).toBeCloseTo(1 / 61 + 1 / 63, 12);
  expect(fusedRank([null, 2])).toBeCloseTo(1 / 62, 12);
  expect(fusedRank([null, null])).toBe(0);
});
