import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entityKind } from '#contracts';
import { findEntities } from './find.ts';
import { bounded } from './found.ts';

/** What the patterns find, as `kind: text`. */
const patternKinds = entityKind.options.filter((kind) => !/person|place|organization/.test(kind));
const found = (text: string) =>
  findEntities(text, patternKinds).map((entity) => `${entity.type}: ${entity.text}`);

describe('payment cards', () => {
  it.each([
    '4111 1111-1111 1111',
    '4111111111111111',
    '4111.1111.1111.1111',
    '4111\u00a01111\u20091111\u202f1111',
    '41\u200b11\u200d1111\ufeff11111111',
    '４１１１　１１１１　１１１１　１１１１',
    '4111–1111—1111−1111',
    '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1',
    '3782 822463 10005',
    '4111 1111\n1111 1111',
    '5555555555554444',
  ])('are found as %j', (card) => {
    expect(found(`card ${card}, please`)).toEqual([`card: ${card}`]);
  });

  it.each([
    '4111 1111 1111 1112',
    '9111111111111112',
    '41111111111111111111',
    'AB4111111111111111',
    '4111 1111 1111',
  ])('are not seen in %j', (number) => {
    expect(found(`card ${number}, please`).join()).not.toContain('card:');
  });

  it('are found among other numbers', () => {
    expect(found('2 cards 4111 1111 1111 1111 12/27')).toContain('card: 4111 1111 1111 1111');
  });
});

describe('accounts and identity numbers', () => {
  it.each([
    ['iban', 'ES91 2100 0418 4502 0005 1332'],
    ['iban', 'gb29nwbk60161331926819'],
    ['iban', 'DE89-3704-0044-0532-0130-00'],
    ['dni', '12345678Z'],
    ['dni', '12.345.678-z'],
    ['dni', '12345678 z'],
    ['dni', 'ES12345678Z'],
    ['nie', 'X-1234567-L'],
    ['cif', 'B12345674'],
    ['cif', 'P1234567D'],
    ['ssn', '123-45-6789'],
    ['ssn', '123 - 45 - 6789'],
    ['nino', 'AB 12 34 56 C'],
    ['nino', 'ab123456c'],
  ])('%s %s', (kind, value) => {
    expect(found(`it is ${value}.`)).toEqual([`${kind}: ${value}`]);
  });

  it.each([
    'ES91 2100 0418 4502 0005 1333',
    'ES91 2100 0418 4502 0005 13',
    '12345678A',
    'X1234567A',
    'B12345670',
    '000-12-3456',
    '666-12-3456',
    '900-12-3456',
    'BG123456C',
    'AB123456E',
    'pay 12345667 a month',
  ])('nothing in %s', (value) => {
    expect(found(`it is ${value}.`)).toEqual([]);
  });
});

describe('internet', () => {
  it.each([
    ['email', 'ana.lopez+tag@mail.example.co.uk'],
    ['email', 'ana@exa\u200bmple.com'],
    ['email', 'josé@ejemplo.es'],
    ['email', 'ana (at) example (dot) com'],
    ['email', 'ana @ example.com'],
    ['email', 'ana at example dot com'],
    ['url', 'https://example.com/a_(b)?c=d#e'],
    ['url', 'www.example.es/pedido'],
    ['url', 'http://192.168.1.1:8080/x'],
    ['url', 'example.com'],
    ['ip', '192.168.1.1'],
    ['ip', '2001:db8::ff00:42:8329'],
    ['ip', '::1'],
  ])('%s %s', (kind, value) => {
    expect(found(`see ${value}, ok`)).toEqual([`${kind}: ${value}`]);
    expect(found(`(${value}).`)).toEqual([`${kind}: ${value}`]);
  });

  it.each([
    'ana@example',
    'ana@@example.com',
    'ana@example..com',
    '256.1.1.1',
    '1.2.3.4.5',
    'at 10:30:45',
    'file.txt',
    'a.b',
  ])('nothing in %s', (value) => {
    expect(found(`see ${value} ok`)).toEqual([]);
  });
});

describe('dates and money', () => {
  it.each([
    ['date', '12/05/2024'],
    ['date', '2024-05-12'],
    ['date', '12 / 05 / 2024'],
    ['date', '5 de mayo de 2024'],
    ['date', 'May 5th, 2024'],
    ['date', '1st of March'],
    ['date', '29 February'],
    ['money', '$1,234.56'],
    ['money', '20 €'],
    ['money', '1.234,56 euros'],
    ['money', 'USD 500'],
  ])('%s %s', (kind, value) => {
    expect(found(`it was ${value}, I think`)).toEqual([`${kind}: ${value}`]);
  });

  it.each(['31/02/2024', '45/13/2024', '2024-13-01', '30 February', 'you may 2 times', '24/7', '1/2'])(
    'nothing in %s',
    (value) => {
      expect(found(`it was ${value}, I think`)).toEqual([]);
    },
  );
});

describe('telephones, references, addresses', () => {
  it.each([
    ['phone', '612 345 678'],
    ['phone', '+34 612345678'],
    ['phone', '(212) 555-0147 x22'],
    ['phone', '+44 (0)20 7946 0958'],
    ['phone', '020 7946 0958'],
    ['phone', '555-123-4567'],
    ['phone', '0034 91 234 56 78'],
    ['address', '261 North 2nd Street, San Jose, CA 95112'],
    ['address', 'Calle Mayor 12, 3º B, 28013 Madrid'],
    ['address', 'SW1A 1AA'],
    ['address', 'Flat 3, 12 High Street, London, SW1A 1AA'],
    ['address', '1600 Pennsylvania Avenue NW, Washington, DC 20500'],
  ])('%s %s', (kind, value) => {
    expect(found(`it is ${value}`)).toEqual([`${kind}: ${value}`]);
  });

  it('take the number of an order for a reference and not for a telephone', () => {
    expect(found('cancel order 612345678')).toEqual(['reference: 612345678']);
    expect(found('el pedido nº 612345678')).toEqual(['reference: 612345678']);
    expect(found('see invoice #85632')).toEqual(['reference: #85632']);
  });

  it('leave what is too short or too long', () => {
    expect(found('it took 12345 steps and 1234567890123 more')).toEqual([]);
  });
});

it('keeps to the kinds it is asked for, without letting others take their place', () => {
  const text = 'ana@example.com, 4111 1111 1111 1111';
  expect(findEntities(text, ['card']).map(({ type }) => type)).toEqual(['card']);
  expect(findEntities('https://ana.example.com/4111111111111111', ['card'])).toEqual([]);
});

const values = [
  '4111 1111 1111 1111',
  'ana@example.com',
  '12345678Z',
  '+34 612 345 678',
  '5 de mayo de 2024',
];
const noise = fc.constantFrom(
  '😀',
  '👩‍👩‍👧',
  'e\u0301',
  'שלום',
  '\u200b',
  '\u202e',
  '\0',
  '\ud83d',
  '\udc00',
  ' ',
  '١٢',
  '\n',
  'ﬁ',
  '𝟜',
);

it('has offsets that point into the text as sent, in code units and in code points', () => {
  const piece = fc.oneof(fc.constantFrom(...values), noise, fc.string({ unit: 'grapheme', maxLength: 8 }));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join(' ');
      let from = 0;
      for (const entity of findEntities(text)) {
        expect(entity.start).toBeGreaterThanOrEqual(from);
        expect(entity.end).toBeGreaterThan(entity.start);
        expect(text.slice(entity.start, entity.end)).toBe(entity.text);
        const points = [...text].slice(entity.startCodePoint, entity.endCodePoint).join('');
        expect(points).toBe(entity.text);
        from = entity.end;
      }
    }),
    { numRuns: 300 },
  );
});

it('finds a value between any signs', () => {
  fc.assert(
    fc.property(fc.constantFrom(...values), noise, noise, (value, before, after) => {
      const text = `${before} ${value} ${after}`.replaceAll('١٢', '');
      expect(findEntities(text).map((entity) => entity.text)).toContain(value);
    }),
  );
});

describe('patterns', () => {
  it('cannot be written without a bound', () => {
    for (const source of ['a+', 'a*', '(?:ab)+', 'a{2,}', String.raw`\d*x`])
      expect(() => bounded(source)).toThrow(/upper bound/);
    for (const source of ['[a+*]', String.raw`\+\*`, 'a{2,5}', 'a?'])
      expect(() => bounded(source)).not.toThrow();
  });

  it('all have one, in every recogniser', () => {
    const folder = join(import.meta.dirname, 'recognisers');
    for (const name of readdirSync(folder)) {
      const code = readFileSync(join(folder, name), 'utf8');
      expect(code, name).not.toMatch(/new RegExp\(|matchAll\(/);
    }
  });
});
