import { bounded, checked, type Found, formed, isEmbedded, matches, type Recogniser } from '../found.ts';

const english =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const spanish =
  'enero|ene|febrero|marzo|abril|abr|mayo|junio|julio|agosto|ago|septiembre|setiembre|octubre|noviembre|diciembre|dic';
const month = String.raw`(?<month>${english}|${spanish})\b\.?`;
const year = String.raw`(?<year>(?:1[89]|20|21)\d{2}|'\d{2})`;
const day = String.raw`(?<day>[0-3]?\d)`;
const blank = String.raw`[ ,.\-/]{1,3}`;

/** Numbers between the same sign twice. Spaces may stand around it. */
const numeric = [
  String.raw`(?<year>(?:1[89]|20|21)\d{2})(?<sign> {0,2}[\-/.] {0,2})(?<month>[01]?\d)\k<sign>(?<day>[0-3]?\d)(?=\D|$)`,
  String.raw`(?<first>[0-3]?\d)(?<sign> {0,2}[\-/.] {0,2})(?<second>[0-3]?\d)\k<sign>(?<year>(?:1[89]|20|21)\d{2})(?!\d)`,
  String.raw`(?<first>[0-3]?\d)(?<sign>[\-/])(?<second>[0-3]?\d)\k<sign>(?<year>\d{2})(?!\d)`,
  String.raw`(?<first>[0-3]\d)(?<sign>\.)(?<second>[01]\d)\.(?<year>\d{2})(?!\d)`,
  String.raw`(?<year>(?:1[89]|20|21)\d{2})(?<month>[01]\d)(?<day>[0-3]\d)(?=T\d{2}|(?![\d\p{L}\-]))`,
].map((source) => bounded(`(?<![\\d.\\-/])${source}`));

const written = [
  String.raw`${day}(?:st|nd|rd|th|º|\.º|ro)?${blank}(?:of |de )?${month}(?:(?:${blank}| )(?:of |del? )?${year}(?!\d))?`,
  String.raw`${month}(?: |-| {0,1}\. {0,1}|, )(?:the )?${day}(?:st|nd|rd|th)?(?![\d:]|[.,]\d|\p{L})(?:(?:${blank}| of )${year}(?!\d))?`,
  String.raw`(?<!\d[ ,.\-/]{1,3}(?:de |of )?)${month}(?: |, | of | del? |-|/)${year}(?!\d)`,
].map((source) => bounded(String.raw`(?<![\p{L}\p{N}.,/\-])${source}`, 'i'));

/** Calendar dates, in numbers or with the name of a month in English or Spanish; days that no calendar has are refused. */
export const date: Recogniser = {
  kinds: ['date'],
  find: (plain) => [
    ...numeric.flatMap((pattern) =>
      [...matches(plain, pattern)].flatMap((match) => numericDate(plain, match)),
    ),
    ...written.flatMap((pattern) =>
      [...matches(plain, pattern)].flatMap((match) => writtenDate(plain, match)),
    ),
  ],
};

function numericDate(plain: string, match: RegExpMatchArray): Found[] {
  const { year = '', month, day, first = '', second = '', sign = '' } = match.groups ?? {};
  const start = match.index ?? 0;
  const end = start + match[0].length;
  // A version or an address of four numbers goes on.
  if (sign && plain[end] === sign.trim() && /\d/.test(plain[end + 1] ?? '')) return [];
  const real =
    month && day
      ? exists(Number(year), Number(month), Number(day))
      : exists(Number(year), Number(second), Number(first)) ||
        exists(Number(year), Number(first), Number(second));
  const followed = /[\p{L}\p{N}_]/u.test(plain[end] ?? '') && !/^[T ]\d\d/.test(plain.slice(end, end + 3));
  if (!real || followed || /[\p{L}_]/u.test(plain[start - 1] ?? '')) return [];
  return [checked('date', start, end, sign ? 0.95 : 0.85)];
}

function writtenDate(plain: string, match: RegExpMatchArray): Found[] {
  const { year, month = '', day } = match.groups ?? {};
  const start = match.index ?? 0;
  const end = start + match[0].trimEnd().replace(/[.,\-/]$/, '').length;
  const number = monthNumber(month);
  if (isEmbedded(plain, start, end)) return [];
  if (day !== undefined && !exists(yearOf(year), number, Number(day))) return [];
  // "You may 2 or 3 times": of the months that are words, small letters need a year or "of".
  const word = /^(?:may|mar|ago|dic|jan|abr|sept?|dec)$/.test(month) && year === undefined;
  if (word && /^[a-z]/.test(match[0]) && !/(?:st|nd|rd|th|of|de)\b/.test(match[0])) return [];
  return [
    day === undefined ? formed('date', start, end, 0.8) : checked('date', start, end, year ? 0.97 : 0.9),
  ];
}

const monthNames: [start: string, number: number][] = [
  ['jan', 1],
  ['ene', 1],
  ['feb', 2],
  ['mar', 3],
  ['apr', 4],
  ['abr', 4],
  ['may', 5],
  ['jun', 6],
  ['jul', 7],
  ['aug', 8],
  ['ago', 8],
  ['sep', 9],
  ['set', 9],
  ['oct', 10],
  ['nov', 11],
  ['dec', 12],
  ['dic', 12],
];
const monthNumber = (name: string) =>
  monthNames.find(([start]) => name.toLowerCase().startsWith(start))?.[1] ?? 0;

/** A leap year where none is given, so that 29 February stays. */
const yearOf = (year: string | undefined) => (year ? Number(year.replace("'", '20')) : 2000);

function exists(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const full = year < 100 ? 2000 + year : year;
  return day <= new Date(Date.UTC(full, month, 0)).getUTCDate();
}
