import type { Random } from './random.ts';

const letters = 'TRWAGMYFPDXBNJZSQVHLCKE';
function joined(parts: string[], random: Random): string {
  return parts.join(random.one(['', '', '-', ' ']));
}
export function dniOf(random: Random, shift: number): string {
  const digits = random.digits(8);
  const letter = letters[(Number(digits) + shift) % 23] ?? '';
  if (random.chance(0.2)) return `${digits.slice(0, 2)}.${digits.slice(2, 5)}.${digits.slice(5)}-${letter}`;
  return random.chance(0.15) ? digits + letter.toLowerCase() : joined([digits, letter], random);
}
export function nieOf(random: Random, shift: number): string {
  const lead = random.whole(0, 2);
  const digits = random.digits(7);
  return joined(
    ['XYZ'[lead] ?? '', digits, letters[(Number(`${lead}${digits}`) + shift) % 23] ?? ''],
    random,
  );
}
export function cifOf(random: Random, shift: number): string {
  const digits = random.digits(7);
  const even = Number(digits[1]) + Number(digits[3]) + Number(digits[5]);
  const odd = [0, 2, 4, 6].map((at) =>
    [...String(Number(digits[at]) * 2)].reduce((sum, each) => sum + Number(each), 0),
  );
  const control = (20 - ((even + odd.reduce((sum, each) => sum + each, 0)) % 10) + shift) % 10;
  const kind = random.one([...'ABPQG']);
  return joined(
    [kind + digits, 'PQ'.includes(kind) ? ('JABCDEFGHI'[control] ?? '') : String(control)],
    random,
  );
}

export function ssnOf(random: Random): string {
  const area = random.one([random.whole(1, 665), random.whole(667, 899)]);
  const parts = [
    String(area).padStart(3, '0'),
    String(random.whole(1, 99)).padStart(2, '0'),
    String(random.whole(1, 9999)).padStart(4, '0'),
  ];
  return parts.join(random.one(['-', '-', ' ', ' - ', '.']));
}
export const badSsn = (random: Random) =>
  random.one([
    `000-${random.whole(10, 99)}-1234`,
    `666-${random.whole(10, 99)}-1234`,
    `${random.whole(900, 999)}-12-3456`,
    `123-00-${random.whole(1000, 9999)}`,
    '123-45-0000',
    `${random.digits(3)}-${random.digits(2)}-${random.digits(3)}`,
  ]);

export function ninoOf(random: Random, prefix: string, suffixes: string): string {
  const parts = [prefix, random.digits(2), random.digits(2), random.digits(2), random.one([...suffixes])];
  const value = parts.join(random.one(['', '', ' ', '-']));
  return random.chance(0.15) && !value.includes(' ') ? value.toLowerCase() : value;
}
export const badNino = (random: Random) =>
  random.chance(0.5)
    ? ninoOf(random, random.one(['BG', 'GB', 'NK', 'KN', 'TN', 'NT', 'ZZ', 'DA', 'QQ', 'FA', 'AO']), 'ABCD')
    : ninoOf(random, 'AB', 'EFGXZ');
