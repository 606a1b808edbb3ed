import { bounded, checked, type Found, isEmbedded, matches, type Recogniser } from '../found.ts';

/** Length of an IBAN by country (SWIFT IBAN registry). */
const lengths: Record<string, number> = Object.fromEntries(
  (
    'NO15 BE16 DK18 FI18 FO18 GL18 NL18 SD18 FK18 MK19 SI19 AT20 BA20 EE20 KZ20 LT20 LU20 XK20 MN20 CH21 HR21 LI21 LV21 ' +
    'BG22 BH22 CR22 DE22 GB22 GE22 IE22 ME22 RS22 VA22 AE23 GI23 IL23 IQ23 OM23 TL23 SO23 AD24 CZ24 ES24 MD24 PK24 RO24 ' +
    'SA24 SE24 SK24 TN24 VG24 LY25 PT25 ST25 IS26 TR26 BI27 DJ27 FR27 GR27 IT27 MC27 MR27 SM27 AL28 AZ28 BY28 CY28 DO28 ' +
    'GT28 HU28 LB28 NI28 PL28 SV28 BR29 EG29 PS29 QA29 UA29 JO30 KW30 MU30 YE30 MT31 SC31 LC32 RU33'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

const opening = bounded(
  String.raw`(?<![\p{L}\p{N}_])[A-Z]{2}[ .\-]{0,2}\d[ .\-]{0,2}\d(?=[ .\-]{0,3}[A-Z\d])`,
  'i',
);

/** Bank accounts: a country's length and the remainder of ISO 7064, MOD 97-10. */
export const iban: Recogniser = {
  kinds: ['iban'],
  find: (plain) => [...matches(plain, opening)].flatMap((match) => ibanAt(plain, match.index ?? 0)),
};

function ibanAt(plain: string, start: number): Found[] {
  const length = lengths[plain.slice(start, start + 2).toUpperCase()];
  if (!length) return [];
  let value = '';
  let end = start;
  let blanks = 0;
  while (value.length < length && end < plain.length && blanks <= 3) {
    const character = plain[end] ?? '';
    if (/[A-Za-z\d]/.test(character)) {
      value += character;
      blanks = 0;
    } else if (/[ .\-\n]/.test(character)) blanks++;
    else return [];
    end++;
  }
  return value.length === length && !isEmbedded(plain, start, end) && remainder(value) === 1
    ? [checked('iban', start, end)]
    : [];
}

/** The number of an IBAN, its first four characters last and letters as 10 to 35, modulo 97. */
function remainder(value: string): number {
  let rest = 0;
  for (const character of value.slice(4) + value.slice(0, 4))
    for (const digit of String(Number.parseInt(character, 36))) rest = (rest * 10 + Number(digit)) % 97;
  return rest;
}
