import { type DigitRun, digitRunsOf, passesLuhn } from '../digits.ts';
import { checked, type Found, type Recogniser } from '../found.ts';

/** Issuers by their first digits, with the lengths of their numbers (ISO/IEC 7812 ranges as the networks publish them). */
const issuers: [prefix: RegExp, lengths: number[]][] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|64[4-9]|65)/, [16, 17, 18, 19]],
  [/^3(?:0[0-5]|[689])/, [14, 16]],
  [/^35(?:2[89]|[3-8])/, [16, 17, 18, 19]],
  [/^62/, [16, 17, 18, 19]],
  [/^(?:50|5[6-8]|63|67)/, [13, 14, 15, 16, 17, 18, 19]],
];

/** How cards are printed. Any other grouping counts only where it is all there is of the run. */
const printed = new Set(['4-4-4-4', '4-4-4-4-3', '4-6-5', '4-6-4', '4-4-5', '6-10', '8-8', '6-13']);

/** Payment cards: an issuer's prefix, its length and Luhn's check. */
export const card: Recogniser = {
  kinds: ['card'],
  find: (plain) => [...digitRunsOf(plain), ...digitRunsOf(plain, true)].flatMap(cardsIn),
};

function cardsIn({ groups }: DigitRun): Found[] {
  const found: Found[] = [];
  for (let from = 0; from < groups.length; from++) {
    const to = cardEnd(groups, from);
    const [first, last] = [groups[from], groups[to - 1]];
    if (to === 0 || !first || !last) continue;
    found.push(checked('card', first.start, last.end));
    from = to - 1;
  }
  return found;
}

/** Behind the last group of the longest card that begins with this group; 0 where none does. */
function cardEnd(groups: DigitRun['groups'], from: number): number {
  let digits = '';
  let end = 0;
  for (let to = from; to < groups.length && digits.length < 19; to++) {
    digits += groups[to]?.digits ?? '';
    if (digits.length < 13 || digits.length > 19) continue;
    const window = groups.slice(from, to + 1);
    const shape = window.map((group) => group.digits.length).join('-');
    const whole = from === 0 && to === groups.length - 1;
    const single = window.every((group) => group.digits.length === 1) || window.length === 1;
    if ((whole || single || printed.has(shape)) && isCard(digits)) end = to + 1;
  }
  return end;
}

function isCard(digits: string): boolean {
  return (
    issuers.some(([prefix, lengths]) => lengths.includes(digits.length) && prefix.test(digits)) &&
    passesLuhn(digits)
  );
}
