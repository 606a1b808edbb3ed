import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fusedRank, judge } from './evidence.ts';
import { type IndexedPassage, PassageIndex } from './passage-index.ts';

const unit = (...values: number[]) => {
  const length = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / length);
};
const passage = (id: string, lexemes: string, vector = unit(1, 0), language = 'en'): IndexedPassage => ({
  id,
  sourceId: 'a',
  language,
  vector,
  lexemes: lexemes.split(' ').filter(Boolean),
  phrased: false,
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
  const candidate = (id: string, cosine: number, more: object = {}) => ({
    passage: { ...passage(id, '', unit(1, Number(id))), sourceId: id, ...more },
    ...{ cosine, coverage: 0, vectorRank: 1, textRank: null },
  });
  const evidence = (...all: ReturnType<typeof candidate>[]) =>
    judge(all, 'en').hits.map((hit) => [hit.passage.id, hit.evidence]);

  it('is cosine, half the coverage and the lead over another document', () => {
    const judged = judge([candidate('1', 0.3), { ...candidate('2', 0.4), coverage: 0.6 }], 'en');
    expect(judged.lead).toBeCloseTo(0.4, 10);
    expect(judged.hits.map((hit) => hit.passage.id)).toEqual(['2', '1']);
    expect(judged.hits.map((hit) => hit.evidence)).toEqual([
      expect.closeTo(1.1, 10),
      expect.closeTo(0.7, 10),
    ]);
  });

  it('counts the words of a passage with phrases less', () => {
    const [plain, phrased] = [candidate('1', 0.4), candidate('2', 0.5, { phrased: true })];
    const { hits, lead } = judge([plain, phrased].map((each) => ({ ...each, coverage: 1 })));
    expect(hits.map((hit) => [hit.passage.id, hit.evidence - lead])).toEqual([
      ['1', expect.closeTo(0.9, 10)],
      ['2', expect.closeTo(0.8, 10)],
    ]);
  });

  it('has no rival in the same document, a copy or a translation', () => {
    const best = candidate('1', 0.6);
    const lead = (other: object) => judge([best, candidate('2', 0.5, other), candidate('9', 0.1)]).lead;
    expect(lead({})).toBeCloseTo(0.1, 10);
    for (const other of [{ sourceId: '1' }, { vector: unit(1, 1.01) }, { language: 'es' }])
      expect(lead(other)).toBeCloseTo(0.5, 10);
  });

  it('prefers the language asked for', () => {
    expect(evidence(candidate('1', 0.55, { language: 'es' }), candidate('2', 0.5))[0]?.[0]).toBe('2');
    expect(judge([candidate('1', 0.55, { language: 'es' }), candidate('2', 0.5)]).hits[0]?.passage.id).toBe(
      '1',
    );
  });

  it('of nothing is nothing, and of a single document counts the usual lead', () => {
    expect(judge([])).toEqual({ hits: [], lead: 0 });
    expect(judge([candidate('1', 0.5), candidate('1', 0.4)]).lead).toBeGreaterThan(0);
  });
});

it('fuses places by their reciprocals', () => {
  expect(fusedRank([1, 3])).toBeCloseTo(1 / 61 + 1 / 63, 12);
  expect(fusedRank([null, 2])).toBeCloseTo(1 / 62, 12);
  expect(fusedRank([null, null])).toBe(0);
});
