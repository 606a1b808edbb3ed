import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelCard } from '#contracts';
import { piecesOf, withPieces } from './layout.ts';
import { languageTag, pairsInto } from './pairs.ts';
import { protectedIn } from './protected.ts';
import { type Translate, translateSentences } from './sentences.ts';

/** In capitals, which what is protected must not become. */
const shout: Translate = async (texts) => texts.map((text) => ({ text: text.toUpperCase(), score: -1 }));
const one = async (
  sentence: string,
  translate = shout,
  glossary: { source: string; target: string }[] = [],
) => (await translateSentences([sentence], glossary, translate))[0]?.text;

describe('what is protected', () => {
  it.each([
    ['Read https://example.com/a?b=c, please.', ['https://example.com/a?b=c']],
    ['Write to ana.lopez@example.co.uk now', ['ana.lopez@example.co.uk']],
    ['Hello {{name}}, %s and {count}', ['{{name}}', '%s', '{count}']],
    ['Order AB-1234 with firmware v2.1', ['AB-1234', 'v2.1']],
    ['It costs €12.50 or 15 %', ['€12.50', '15 %']],
    ['Call +34 600 123 456 before 12/05/2025', ['+34 600 123 456', '12/05/2025']],
    ['I love my 🐶 and 👩‍👩‍👧‍👦 👍🏽, really', ['🐶', '👩‍👩‍👧‍👦 👍🏽']],
    ['It was ¥500 or 20 ₹', ['¥500', '20 ₹']],
    ['Ask @ana_lopez about #refunds', ['@ana_lopez', '#refunds']],
    ['Run `npm install` in C:\\temp\\app or /usr/lib', ['`npm install`', 'C:\\temp\\app', '/usr/lib']],
    [`No word: ${'x'.repeat(100)}`, ['x'.repeat(100)]],
    [`A word: ${'x'.repeat(99)}`, []],
    ['We have 3 shops and 12 people', []],
    ['Ask him and/or her', []],
    ['a < b + 3 = c', ['<', '+', '=']],
    ['Settings > Network >= 2 and <b> or x=y', ['>', '>=', '<b>', 'x=y']],
  ])('%s', (sentence, pieces) => {
    expect(protectedIn(sentence, []).map(({ start, end }) => sentence.slice(start, end))).toEqual(pieces);
  });

  it('is what the glossary names, whole and in any case, before anything else', () => {
    const glossary = [
      { source: 'router', target: 'router' },
      { source: 'Orrin  Hub', target: 'Orrin Hub' },
    ];
    const sentence = 'My ORRIN hub is a router, and routers are not.';
    expect(protectedIn(sentence, glossary).map(({ becomes }) => becomes)).toEqual(['Orrin Hub', 'router']);
  });
});

describe('a sentence', () => {
  const sentence = 'send order AB-1234 to ana@example.com';

  it('comes back with what was protected in it', async () => {
    expect(await one(sentence)).toBe('SEND ORDER AB-1234 TO ana@example.com');
  });

  it('does so when the model moves stand-ins, spoils the first kind, or all', async () => {
    const moves: Translate = async (texts) =>
      texts.map((text) => ({ text: text.split(' ').reverse().join(' '), score: -1 }));
    expect(await one(sentence, moves)).toBe('ana@example.com to AB-1234 order send');
    const spoilsLetters: Translate = async (texts) =>
      texts.map((text) => ({ text: text.replace(/X\d/g, 'Y'), score: -1 }));
    expect(await one(sentence, spoilsLetters)).toBe(sentence);
    const spoilsAll: Translate = async (texts) =>
      texts.map((text) => ({ text: text.replace(/X\d|\d+/g, '').toUpperCase(), score: -1 }));
    expect(await one(sentence, spoilsAll)).toBe('SEND ORDER AB-1234 TO ana@example.com');
  });

  it('that has the words of a stand-in already keeps them', async () => {
    expect(await one('take the X1 or the 71 to ana@example.com')).toBe(
      'TAKE THE X1 OR THE 71 TO ana@example.com',
    );
  });

  it('does not lose a number', async () => {
    const forgets: Translate = async (texts) =>
      texts.map((text) => ({ text: text.replace('12', ''), score: -1 }));
    expect(await one('it takes 12 days', forgets)).toContain('12');
  });

  it('in capitals is translated in small letters and given back in capitals', async () => {
    const heard: string[] = [];
    const hears: Translate = async (texts) => {
      heard.push(...texts);
      return texts.map((text) => ({ text: text.replace('Where', 'Dónde'), score: -1 }));
    };
    expect(await one('WHERE IS ORDER AB-1234?', hears)).toBe('DÓNDE IS ORDER AB-1234?');
    expect(await one('THE FAQ', hears)).toBe('THE FAQ');
    expect(await one('the FAQ and the SLA', hears)).toBe('the FAQ and the SLA');
    expect(heard).toEqual(['Where is order X1?', 'The faq', 'the FAQ and the SLA']);
  });

  it('is heard without what nobody sees', async () => {
    expect(await one('de\u00adlivery of the par\u200bcel\ufeff')).toBe('DELIVERY OF THE PARCEL');
  });

  it('for which the model has no word stays as it is', async () => {
    const silent: Translate = async (texts) => texts.map(() => ({ text: '', score: -1 }));
    expect(await one('שלום', silent)).toBe('שלום');
  });

  it('has the words of the glossary, also where they stand for nothing', async () => {
    const glossary = [
      { source: 'hub', target: 'concentrador' },
      { source: 'please', target: '' },
    ];
    expect(await one('please restart the Hub', shout, glossary)).toBe(' RESTART THE concentrador');
  });
});

describe('the layout', () => {
  it('keeps lists, headings, quotations and blank lines out of what is translated', () => {
    const text = '# Title\n\n- One thing. Another!\n  2) Third\r\n> said\n\n   \n';
    const pieces = piecesOf(text, 500).map(({ start, end }) => text.slice(start, end));
    expect(pieces).toEqual(['Title', 'One thing.', 'Another!', 'Third', 'said']);
  });

  it('keeps the emoji at the ends of a sentence and the bars of a table out of it as well', () => {
    const text = '👋🏽 Hello! It is late 😡\n| Name | Price 👍 |\n|---|---|\n👩‍👩‍👧‍👦';
    const pieces = piecesOf(text, 500).map(({ start, end }) => text.slice(start, end));
    expect(pieces).toEqual(['Hello!', 'It is late', 'Name', 'Price', '---', '---']);
  });

  it('is what it was when nothing changes, whatever the text', () => {
    const odd = fc.constantFrom(
      'a',
      ' ',
      '. ',
      '\n',
      '\r\n',
      '- ',
      '👍🏽',
      'é',
      '\u200b',
      'שלום',
      '\u0000',
      '1) ',
      'x'.repeat(70),
    );
    fc.assert(
      fc.property(fc.array(odd, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        const pieces = piecesOf(text, 50);
        expect(
          withPieces(
            text,
            pieces,
            pieces.map(({ start, end }) => text.slice(start, end)),
          ),
        ).toBe(text);
        for (const [at, { start, end }] of pieces.entries()) {
          expect(end).toBeGreaterThan(start);
          expect(end - start).toBeLessThanOrEqual(50);
          expect(start).toBeGreaterThanOrEqual(pieces[at - 1]?.end ?? 0);
          expect(text.slice(start, end)).not.toMatch(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/u);
        }
      }),
    );
  });
});

describe('a tag of a language', () => {
  it.each([
    ['EN', 'en'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['ES-419', 'es-419'],
    ['spa_Latn', 'spa_Latn'],
  ])('%s is %s', (written, tag) => {
    expect(languageTag(written)).toBe(tag);
  });
});

describe('the directions of a model', () => {
  const card = {
    languageTokens: { en: '__en__', es: '__es__', zh: 'zho_Hans', 'zh-TW': 'zho_Hant' },
  } as Partial<ModelCard>;
  const into = (target: string) =>
    pairsInto(card as ModelCard, target).map(({ source, forced }) => [source, forced]);

  it('are all others into a language that it has a token for, and none into another', () => {
    expect(into('es-MX')).toEqual([
      ['en', '__es__'],
      ['zh', '__es__'],
      ['zh-TW', '__es__'],
    ]);
    expect(into('zh-TW')).toEqual([
      ['en', 'zho_Hant'],
      ['es', 'zho_Hant'],
    ]);
    expect(into('fr')).toEqual([]);
  });
});
