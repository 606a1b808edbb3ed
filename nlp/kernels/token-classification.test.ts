import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Aggregation } from '#contracts';
import type { LoadedModel } from '#inference';
import { answersOf, openFixture } from '../../test/fixtures/architectures/open.ts';
import { wholeCharacters } from '../../test/fixtures/architectures/places.ts';
import type { TaggedSpan } from '../entities/aggregate.ts';
import { tokenClassification, windowsOf } from './token-classification.ts';

const reference = join(import.meta.dirname, '../../test/fixtures/architectures/reference/spans.json');
const labels = ['O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC', 'B-ORG', 'I-ORG', 'B-MISC', 'I-MISC'];
const aggregations = ['none', 'simple', 'first', 'average', 'max'] as const;

type Row = { text: string } & Record<Aggregation, TaggedSpan[]>;

describe('token classification', () => {
  let model: LoadedModel;
  beforeAll(async () => {
    model = await openFixture('tiny-names', { task: 'entities', kernel: 'token-classification', labels });
  });
  const find = (texts: string[], aggregation?: Aggregation) =>
    answersOf(
      tokenClassification,
      model,
      texts.map((text) => ({ text, aggregation })),
    );

  it.each(aggregations)('finds what the pipeline of transformers finds, with its scores: %s', async (how) => {
    const rows: Row[] = JSON.parse(await readFile(reference, 'utf8'));
    const found = await find(
      rows.map(({ text }) => text),
      how,
    );
    for (const [at, { text, ...expected }] of rows.entries()) {
      const own = expected[how].map(({ label, score, start, end }) => {
        const [from, to] = wholeCharacters(text, start, end);
        return { label, score: expect.closeTo(score, 3), start: from, end: to };
      });
      expect(found[at], text).toEqual(own);
    }
  });

  it('reads a long text to its end, and each part as it would alone', async () => {
    const text = 'We met John Smith of Acme in London, said María. '.repeat(40).trim();
    const [spans = []] = await find([text, 'short']);
    expect(spans.at(-1)?.end).toBeGreaterThan(text.length - 60);
    // Between two windows the same sentence is read at another place: it must not be read as two halves.
    for (const { start, end } of spans) {
      expect(text.slice(start - 1, start + 1)).not.toMatch(/[\p{L}\p{M}\p{N}]{2}/u);
      expect(text.slice(end - 1, end + 1)).not.toMatch(/[\p{L}\p{M}\p{N}]{2}/u);
    }
  });

  it('gives places in any text, in order, without overlaps and with something in them', async () => {
    const odd = fc.constantFrom(
      ...[
        'John',
        'Smith',
        ' ',
        '\n',
        'e\u0301',
        '\u200b',
        '👍🏽',
        '🇪🇸',
        'שלום',
        'سلام',
        '東京',
        '\u0000',
        '.',
        '—',
        '\ud83d',
      ],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(odd, { maxLength: 60 }), async (parts) => {
        const text = parts.join('');
        const [spans = []] = await find([text]);
        for (const [at, { start, end }] of spans.entries()) {
          expect(text.slice(start, end).trim()).not.toBe('');
          expect(start).toBeGreaterThanOrEqual(spans[at - 1]?.end ?? 0);
        }
      }),
      { numRuns: 60 },
    );
  });
});

it('windows judge every token once, and with a neighbourhood at every border', () => {
  fc.assert(
    fc.property(fc.nat(400), fc.integer({ min: 8, max: 60 }), (length, room) => {
      let next = 0;
      for (const { from, to, judgedFrom, judgedTo } of windowsOf(length, room)) {
        expect(to - from).toBeLessThanOrEqual(room);
        expect(judgedFrom).toBe(next);
        expect(judgedFrom === 0 || judgedFrom - from >= Math.floor(room / 8)).toBe(true);
        expect(judgedTo === length || to - judgedTo >= Math.floor(room / 8)).toBe(true);
        next = judgedTo;
      }
      expect(next).toBe(length);
    }),
  );
});
