import { expect, it } from 'vitest';
import type { Citation } from '#contracts';
import { passagesOf } from './citations.tsx';
import { withQuotes } from './quotes.ts';

const quoted = (passage: string, quotes: string[]) =>
  withQuotes(passage, quotes)
    .filter((stretch) => stretch.quoted)
    .map((stretch) => stretch.text);

it('finds a quote whatever the white space, and loses nothing of the passage', () => {
  const passage = 'Zone 1 (EU) is free.\nZone 2 costs\n  €0.35 a minute. Ask us.';
  expect(quoted(passage, ['Zone 2 costs €0.35 a minute.'])).toEqual(['Zone 2 costs\n  €0.35 a minute.']);
  for (const quotes of [[], ['not there'], ['Zone 1 (EU) is free.', 'Ask us.', 'is free.']]) {
    expect(
      withQuotes(passage, quotes)
        .map((stretch) => stretch.text)
        .join(''),
    ).toBe(passage);
  }
  expect(quoted(passage, ['Ask us.', 'Zone 1 (EU) is free.'])).toEqual(['Zone 1 (EU) is free.', 'Ask us.']);
  expect(quoted(passage, ['', ' '])).toEqual([]);
});

it('names each passage once, with all that was taken from it', () => {
  const citation = (passageId: string, quote: string): Citation => ({
    passageId,
    quote,
    sourceId: 's',
    title: 'Roaming',
    headings: [],
    start: 0,
    end: 1,
  });
  const passages = passagesOf([citation('a', 'one'), citation('b', 'two'), citation('a', 'three')]);
  expect(passages.map(({ first, quotes }) => [first.passageId, quotes])).toEqual([
    ['a', ['one', 'three']],
    ['b', ['two']],
  ]);
});
