import { describe, expect, it } from 'vitest';
import type { Gap, SearchHit, Source } from '#contracts';
import { knowledgeSearch } from './address.ts';
import { articlesOf } from './articles.ts';
import { groupGaps } from './questions/groups.ts';
import { formatEvidence, fusedPlaces, ordinal, reasonOf, scaleOf } from './search/reasons.ts';
import { refusalOf, summaryOf, type Upload, type UploadState } from './sources/upload.ts';

const hit = (id: string, evidence: number, fused: number): SearchHit => ({
  passage: {
    id,
    sourceId: 's',
    sourceName: 'a.md',
    title: 'A',
    headings: [],
    position: 0,
    text: 't',
    language: 'en',
  },
  cosine: 0,
  coverage: 0,
  evidence,
  vectorRank: 1,
  textRank: null,
  fused,
});

describe('why a passage was found', () => {
  it('is said in words', () => {
    const say = (vectorRank: number | null, textRank: number | null) => reasonOf({ vectorRank, textRank });
    expect(say(1, 4)).toBe('best by meaning, 4th by words');
    expect(say(2, 1)).toBe('2nd by meaning, best by words');
    expect(say(1, 1)).toBe('best by meaning and by words');
    expect(say(3, null)).toBe('3rd by meaning, not among the best by words');
    expect(say(null, 12)).toBe('12th by words, not among the best by meaning');
    expect([1, 2, 3, 11, 21, 112].map(ordinal)).toEqual(['1st', '2nd', '3rd', '11th', '21st', '112th']);
  });

  it('compares by evidence and by both lists', () => {
    const hits = [hit('a', 0.9, 0.01), hit('b', 1.4, 0.03), hit('c', 0.2, 0.02)];
    expect([...fusedPlaces(hits)]).toEqual([
      ['b', 1],
      ['c', 2],
      ['a', 3],
    ]);
    expect([0.5999, 0.6, 0.57, 1].map(formatEvidence)).toEqual(['0.59', '0.60', '0.57', '1.00']);
    expect([scaleOf(hits, 0.5), scaleOf([], 0.5), scaleOf([], 2)]).toEqual([1.4, 1, 2]);
  });
});

describe('a file', () => {
  it('is refused before it is sent, with what to do', () => {
    expect(refusalOf({ name: 'Roaming.MD', size: 10 })).toBeNull();
    expect(refusalOf({ name: 'a.b.docx', size: 10 })).toBeNull();
    expect(refusalOf({ name: 'old.doc', size: 10 })).toContain('.docx');
    expect(refusalOf({ name: 'photo.png', size: 10 })).toContain('PDF');
    expect(refusalOf({ name: 'README', size: 10 })).toContain('Markdown');
    expect(refusalOf({ name: 'a.md', size: 0 })).toContain('empty');
    expect(refusalOf({ name: 'a.pdf', size: 21 * 1024 * 1024 })).toContain('Split');
  });

  it('counts among the others', () => {
    const list = (...states: UploadState[]) => summaryOf(states.map((state) => ({ state }) as Upload));
    expect(list('done', 'sending', 'waiting')).toBe('1 of 3 done');
    expect(list('done', 'failed', 'reading')).toBe('2 of 3 done, 1 failed');
    expect(list('done', 'done')).toBe('2 added');
  });
});

it('groups what found no answer by the article that came nearest, near none last', () => {
  const gap = (
    id: string,
    bestTitle: string | null,
    times: number,
    lastAt = '2026-01-01T00:00:00Z',
  ): Gap => ({
    id,
    question: id,
    language: 'en',
    conversationId: null,
    bestCosine: null,
    bestTitle,
    times,
    lastAt,
  });
  const groups = groupGaps([
    gap('a', null, 9),
    gap('b', 'Bills', 1),
    gap('c', 'Roaming', 2),
    gap('d', 'Bills', 1, '2026-01-02T00:00:00Z'),
    gap('e', 'Bills', 3),
  ]);
  expect(groups.map(({ title, times, gaps }) => [title, times, gaps.map(({ id }) => id)])).toEqual([
    ['Bills', 5, ['e', 'd', 'b']],
    ['Roaming', 2, ['c']],
    [null, 9, ['a']],
  ]);
});

it('names an article once whatever its languages', () => {
  const source = (name: string, title: string) => ({ name, title }) as Source;
  expect(
    articlesOf([
      source('en/roaming-eu.md', 'Roaming'),
      source('es/roaming-eu.md', 'Itinerancia'),
      source('bills.v2.pdf', 'Bills'),
    ]),
  ).toEqual([
    { name: 'bills.v2', title: 'Bills' },
    { name: 'roaming-eu', title: 'Roaming' },
  ]);
});

it('takes from an address only what it knows', () => {
  expect(knowledgeSearch({ tab: 'search', q: 42, lang: 'es' })).toEqual({
    tab: 'search',
    q: '42',
    lang: 'es',
  });
  expect(knowledgeSearch({ tab: 'sources', q: ['x'], lang: 'English' })).toEqual({
    tab: undefined,
    q: undefined,
    lang: undefined,
  });
});
