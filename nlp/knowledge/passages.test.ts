import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateTokens, passagesOf } from './passages.ts';
import { oneLine, SectionBuilder, tableText } from './section.ts';

const sentence = (words: number, at = 0) => `Number${at} ${'word '.repeat(words - 2)}end.`;
const paragraph = (sentences: number) =>
  Array.from({ length: sentences }, (_, at) => sentence(15, at)).join(' ');

describe('passages', () => {
  it('are the sections where these fit, each under its headings', () => {
    const sections = [
      { headings: ['A'], blocks: ['One.', 'Two.'] },
      { headings: ['A', 'B'], blocks: ['Three.'] },
    ];
    expect(passagesOf(sections, 'en')).toEqual([
      { headings: ['A'], text: 'One.\n\nTwo.' },
      { headings: ['A', 'B'], text: 'Three.' },
    ]);
  });

  it('divide a long section into parts of about the same length, between paragraphs', () => {
    const blocks = Array.from({ length: 6 }, () => paragraph(4));
    const pieces = passagesOf([{ headings: ['H'], blocks }], 'en');
    expect(pieces.length).toBeGreaterThan(2);
    for (const { headings, text } of pieces) {
      expect(headings).toEqual(['H']);
      expect(text.split('\n\n').every((block) => blocks.includes(block))).toBe(true);
    }
    const tokens = pieces.map(({ text }) => estimateTokens(text, 'en'));
    expect(Math.min(...tokens) / Math.max(...tokens)).toBeGreaterThan(0.4);
  });

  it('cut a long paragraph between sentences and a long list between its lines', () => {
    for (const { text } of passagesOf([{ headings: [], blocks: [paragraph(40)] }], 'en')) {
      expect(text).toMatch(/^Number.*end\.$/);
    }
    const list = Array.from({ length: 40 }, (_, at) => `- ${sentence(10, at)}`).join('\n');
    const lines = passagesOf([{ headings: [], blocks: [list] }], 'en').flatMap(({ text }) =>
      text.split('\n'),
    );
    expect(lines.join('\n')).toBe(list);
  });

  it('keep a list that fits whole', () => {
    const list = Array.from({ length: 8 }, (_, at) => `- ${sentence(8, at)}`).join('\n');
    const pieces = passagesOf([{ headings: [], blocks: [paragraph(8), list, paragraph(4)] }], 'en');
    expect(pieces.filter(({ text }) => text.includes(list))).toHaveLength(1);
  });

  it('lose no word, add none and are never too long, whatever the text', () => {
    const block = fc
      .array(fc.string({ unit: fc.constantFrom(...'abc é.!?日\n '), minLength: 1, maxLength: 400 }), {
        maxLength: 4,
      })
      .map((parts) => parts.join(' '));
    fc.assert(
      fc.property(fc.array(block, { maxLength: 5 }), fc.constantFrom('en', 'es', 'ja'), (texts, language) => {
        const builder = new SectionBuilder();
        for (const text of texts) builder.block(text);
        const sections = builder.finish();
        const pieces = passagesOf(sections, language);
        const solid = (text: string) => text.replaceAll(/\s/g, '');
        expect(solid(pieces.map(({ text }) => text).join(''))).toBe(
          solid(sections.flatMap(({ blocks }) => blocks).join('')),
        );
        for (const { text } of pieces) expect(estimateTokens(text, language)).toBeLessThanOrEqual(200);
      }),
    );
  });

  it('are shorter in other languages, of which the model spells out more', () => {
    const blocks = [paragraph(20)];
    const count = (language: string) => passagesOf([{ headings: [], blocks }], language).length;
    expect(count('es')).toBeGreaterThan(count('en'));
  });
});

describe('sections', () => {
  it('have the path of headings that are open above them', () => {
    const builder = new SectionBuilder();
    builder.block('before');
    builder.heading(2, 'A');
    builder.block('a');
    builder.heading(3, 'B');
    builder.block('b');
    builder.heading(3, 'C');
    builder.heading(2, 'D');
    builder.block('d');
    expect(builder.finish().map(({ headings, blocks }) => [headings.join('/'), blocks.join()])).toEqual([
      ['', 'before'],
      ['A', 'a'],
      ['A/B', 'b'],
      ['D', 'd'],
    ]);
  });

  it('hold no blank block and no character that nobody sees', () => {
    const builder = new SectionBuilder();
    builder.block(' \n\u200b\n');
    builder.block('visible\u{e0041}\u202e text\u00a0 here\u0000');
    expect(builder.finish()).toEqual([{ headings: [], blocks: ['visible text here'] }]);
    expect(oneLine('👩‍💻 ok')).toBe('👩‍💻 ok');
  });

  it('tell a table row by row, each naming its columns', () => {
    expect(
      tableText([
        ['Plan', 'Price'],
        ['Small', '€12'],
        ['Large', ''],
      ]),
    ).toBe('Plan: Small; Price: €12\nPlan: Large');
    expect(
      tableText([
        ['', 'A'],
        ['x', 'yes'],
      ]),
    ).toBe('x; A: yes');
    expect(tableText([['only', 'heads']])).toBe('only; heads');
    expect(tableText([])).toBe('');
  });
});
