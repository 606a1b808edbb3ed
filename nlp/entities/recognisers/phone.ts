import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { type DigitRun, digitRunsOf } from '../digits.ts';
import { bounded, checked, type Found, formed, type Recogniser } from '../found.ts';

/** How national numbers are grouped where English and Spanish are spoken, and nothing else is: ids have groups too. */
const national: [country: CountryCode, shape: RegExp][] = [
  ['US', /^(?:1-)?(?:3-3-4|3-7|10)$|^11$/],
  ['ES', /^(?:9|3-3-3|3-2-2-2|2-3-2-2|3-6|2-7)$/],
  ['GB', /^(?:1[01]|[345]-[67]|[345]-3-[34]|3-4-4|4-3-4|5-6|5-5|4-4-3|2-4-4|5-2-4)$/],
  ['MX', /^(?:10|2-4-4|3-3-4|2-8|2-2-2-2-2)$/],
  ['FR', /^(?:10|2-2-2-2-2)$/],
];

/** What makes a bare number the number of something else. */
const otherNumber =
  /(?<!\p{L})(?:order|purchase|invoice|ticket|tracking|reference|ref|account|acct|booking|reservation|confirmation|case|claim|policy|serial|code|id|no\.?|pedido|compra|factura|cuenta|referencia|reserva|seguimiento|localizador|expediente|p[oó]liza|c[oó]digo|caso)\b\.?[ :#º]{0,4}(?:(?:number|num|no|n[uú]mero|n\.?º|nº|is|es|id|code|as follows|(?:has to|should|would|must) be)[ .:#º]{0,3}){0,2}#?$|#$/iu;
const phoneWord =
  /(?<!\p{L})(?:phone|call|tel|telephone|mobile|cell|fax|whatsapp|sms|text|ring|dial|tel[eé]fono|m[oó]vil|celular|ll[aá]m[ae][\p{L}]{0,4}|fijo|contacto)[^\d\n]{0,30}$/iu;
const extension = bounded(
  String.raw`^,? {0,2}(?:ext|x|extension|extensi[oó]n|int)\.? {0,2}\d{1,6}(?![\d\p{L}])`,
  'i',
);

/** Telephone numbers, international ones of every country and national ones of US, ES, GB, MX and FR, by the numbering plans of libphonenumber. */
export const phone: Recogniser = {
  kinds: ['phone'],
  find: (plain) =>
    digitRunsOf(plain).flatMap((run) => {
      const found = phoneIn(plain, run);
      return found ? [withExtension(plain, found)] : [];
    }),
};

/** The run, or what is left of it without a short group at an end: "call 612 345 678 2 times". */
function phoneIn(plain: string, { groups }: DigitRun): Found | undefined {
  const cuts = [
    [0, groups.length],
    [0, groups.length - 1],
    [1, groups.length],
    [1, groups.length - 1],
    [0, groups.length - 2],
  ] as const;
  for (const [from, to] of cuts) {
    const dropped = [...groups.slice(0, from), ...groups.slice(to)];
    if (dropped.some(({ digits }) => digits.length > 2)) continue;
    const found = isPhone(plain, groups.slice(from, to));
    if (found) return found;
  }
  return undefined;
}

function isPhone(plain: string, groups: DigitRun['groups']): Found | undefined {
  const [first, last] = [groups[0], groups.at(-1)];
  const digits = groups.map((group) => group.digits).join('');
  if (!first || !last || digits.length < 7 || digits.length > 17) return undefined;
  const start = first.start - (opening(plain, first, groups.length) ?? 0);
  const plus = plain.slice(start, first.start).includes('+');
  if (plus || digits.startsWith('00') || digits.startsWith('011')) {
    const number = parsePhoneNumberFromString(`+${plus ? digits : digits.replace(/^(?:00|011)/, '')}`);
    const trunk = /\(0\)/.test(plain.slice(start, last.end)) ? withoutTrunk(digits, plus) : undefined;
    return number?.isValid() || (trunk && parsePhoneNumberFromString(trunk)?.isValid())
      ? checked('phone', start, last.end, 0.98)
      : undefined;
  }
  const shape = groups.map((group) => group.digits.length).join('-');
  const single = /^1(?:-1){6,}$/.test(shape);
  const before = plain.slice(Math.max(0, start - 60), start);
  const called = phoneWord.test(before);
  for (const [country, form] of national) {
    if (!single && !form.test(shape) && !(called && shape !== '3-2-4')) continue;
    if (!isNational(digits, country, shape, plain[start] === '(')) continue;
    if (groups.length === 1 && otherNumber.test(before)) return undefined;
    return checked('phone', start, last.end, called || groups.length > 1 ? 0.95 : 0.75);
  }
  const local = /^3-4$/.test(shape) && called && /^[2-9]/.test(digits);
  return local ? formed('phone', start, last.end, 0.75) : undefined;
}

/** How many signs before the first group belong to the number: +, and a bracket where its partner is behind that group. */
function opening(
  plain: string,
  { start, end }: { start: number; end: number },
  groups: number,
): number | undefined {
  const bracketed = groups > 1 && plain[end] === ')';
  const before = plain.slice(Math.max(0, start - 3), start);
  return (bracketed ? /(?:\+ ?)?\(?$/ : /(?:\+ ?)?$/).exec(before)?.[0].length;
}

/** "+44 (0)20 …": the zero is dialled inside the country only. */
const withoutTrunk = (digits: string, plus: boolean) =>
  `+${(plus ? digits : digits.slice(2)).replace(/^(\d{1,3}?)0/, '$1')}`;

/** In North America 555 and unassigned areas count where the grouping leaves no doubt: examples are written so. */
function isNational(digits: string, country: CountryCode, shape: string, bracket: boolean): boolean {
  if (country === 'US' && (/^(?:1-)?3-3-4$/.test(shape) || bracket))
    return /^1?[2-9]\d{2}[2-9]\d{6}$/.test(digits);
  // Ranges not given to anybody yet, and those kept for films: the form leaves no doubt.
  if (country === 'ES' && /^(?:[67]\d|[89][1-9])\d{7}$/.test(digits)) return true;
  if (country === 'GB' && /^07\d{9}$/.test(digits)) return true;
  if ((country === 'GB' || country === 'FR') && !digits.startsWith('0')) return false;
  return parsePhoneNumberFromString(digits, country)?.isValid() ?? false;
}

function withExtension(plain: string, found: Found): Found {
  const tail = plain.slice(found.end, found.end + 30);
  return { ...found, end: found.end + (tail.match(extension)?.[0].length ?? 0) };
}
