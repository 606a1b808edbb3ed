import { bounded, checked, type Found, formed, isEmbedded, matches, type Recogniser } from '../found.ts';

/** Letters and digits alone, without the country of a tax number. */
const compact = (text: string) =>
  text
    .replace(/[^A-Za-z\d]/g, '')
    .toUpperCase()
    .replace(/^ES(?=.{9}$)/, '');

/** The letter is that of the number modulo 23. */
const dniLetters = 'TRWAGMYFPDXBNJZSQVHLCKE';
const dniPattern = bounded(
  String.raw`(?:ES-?)?\d(?:[ .\-]{0,3}\d){7}(?<gap>[ .\-/]{0,3})(?<letter>[A-Z])`,
  'i',
);
const niePattern = bounded(
  String.raw`(?:ES-?)?[XYZ](?:[ .\-]{0,3}\d){7}(?<gap>[ .\-/]{0,3})(?<letter>[A-Z])`,
  'i',
);
const cifPattern = bounded(
  String.raw`(?:ES-?)?[ABCDEFGHJNPQRSUVW](?:[ .\-]{0,3}\d){7}[ .\-/]{0,3}[\dA-J]`,
  'i',
);
const ssnPattern = bounded(String.raw`\d{3}(?<gap>[ .\-]{1,3})\d{2}[ .\-]{1,3}\d{4}`);
const bareSsn = bounded(
  String.raw`(?:\bssn|social security|seguridad social|seguro social)[^\d\n]{0,30}(?<digits>\d{9})`,
  'i',
);
const ninoPattern = bounded(
  String.raw`(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][ \-.]{0,2}[A-CEGHJ-NPR-TW-Z](?:[ \-.]{0,3}\d){6}[ \-.]{0,3}[A-D]`,
  'i',
);

/** Spanish DNI, NIE and CIF by their control character, United States SSN and United Kingdom NINO by the ranges in use. */
export const nationalId: Recogniser = {
  kinds: ['dni', 'nie', 'cif', 'ssn', 'nino'],
  find: (plain) => [
    ...spans(plain, dniPattern).flatMap((span) => (isDni(span) ? [found('dni', span)] : [])),
    ...spans(plain, niePattern).flatMap((span) => (isNie(span) ? [found('nie', span)] : [])),
    ...spans(plain, cifPattern).flatMap((span) => (isCif(span.text) ? [found('cif', span)] : [])),
    ...spans(plain, ssnPattern).flatMap((span) => (isSsn(compact(span.text)) ? [found('ssn', span)] : [])),
    ...spans(plain, ninoPattern).flatMap((span) => (isNino(span.text) ? [found('nino', span)] : [])),
    ...bareSsns(plain),
  ],
};

interface Span {
  start: number;
  end: number;
  text: string;
  groups: Record<string, string>;
}

function spans(plain: string, pattern: RegExp): Span[] {
  return [...matches(plain, pattern)]
    .map((match) => ({
      start: match.index ?? 0,
      end: (match.index ?? 0) + match[0].length,
      text: match[0],
      groups: match.groups ?? {},
    }))
    .filter(({ start, end }) => !isEmbedded(plain, start, end));
}

const found = (type: 'dni' | 'nie' | 'cif' | 'ssn' | 'nino', { start, end }: Span): Found =>
  type === 'ssn' || type === 'nino' ? formed(type, start, end, 0.95) : checked(type, start, end);

function isDni({ text, groups: { gap = '', letter = '' } }: Span): boolean {
  // "12345667 a month": a word of one letter behind a number, in English or Spanish.
  if (gap.includes(' ') && /[aey]/.test(letter)) return false;
  return controlLetter(Number(compact(text).slice(0, 8))) === letter.toUpperCase();
}

function isNie({ text, groups: { letter = '' } }: Span): boolean {
  const value = compact(text);
  const lead = 'XYZ'.indexOf(value[0] ?? '');
  return controlLetter(Number(`${lead}${value.slice(1, 8)}`)) === letter.toUpperCase();
}

const controlLetter = (number: number) => dniLetters[number % 23];

/** Odd places doubled with their digits added, even ones as they are; the control is a digit, a letter, or either, by the kind of body. */
function isCif(text: string): boolean {
  const value = compact(text);
  const kind = value[0] ?? '';
  let sum = 0;
  for (const [at, character] of [...value.slice(1, 8)].entries()) {
    const digit = Number(character);
    sum += at % 2 === 1 ? digit : Math.floor((digit * 2) / 10) + ((digit * 2) % 10);
  }
  const control = (10 - (sum % 10)) % 10;
  const last = value[8] ?? '';
  const asLetter = 'JABCDEFGHI'[control] === last;
  const asDigit = String(control) === last;
  if ('PQRSNW'.includes(kind)) return asLetter;
  return 'ABEH'.includes(kind) ? asDigit : asDigit || asLetter;
}

/** Never given: areas 000, 666 and 900 to 999, group 00, serial 0000. */
function isSsn(digits: string): boolean {
  return !/^(?:000|666|9)/.test(digits) && digits.slice(3, 5) !== '00' && digits.slice(5) !== '0000';
}

/** Small letters count where they are written without blanks only: "be 12 34 56 a" is no number. */
function isNino(text: string): boolean {
  return text === text.toUpperCase() || (!/[ ]/.test(text) && text === text.toLowerCase());
}

function bareSsns(plain: string): Found[] {
  return [...matches(plain, bareSsn)].flatMap((match) => {
    const digits = match.groups?.digits ?? '';
    const end = (match.index ?? 0) + match[0].length;
    const start = end - digits.length;
    return isSsn(digits) && !isEmbedded(plain, start, end) ? [formed('ssn', start, end, 0.9)] : [];
  });
}
