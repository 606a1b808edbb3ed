import type { Random } from './random.ts';

const spaced = (groups: string[], random: Random) => {
  const separator = random.one([' ', '-', '  ', ' - ', '.']);
  return groups
    .map((group, at) => (at ? (random.chance(0.15) ? random.one([' ', '-']) : separator) + group : group))
    .join('');
};

/** As one piece, in fours, or in fours with whatever between them. */
export function grouped(characters: string, random: Random): string {
  return random.chance(0.4) ? characters : spaced(characters.match(/.{1,4}/g) ?? [], random);
}

function luhnSum(digits: string): number {
  return [...digits].reverse().reduce((sum, digit, at) => {
    const value = Number(digit) * (at % 2 ? 2 : 1);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
}

const withLuhn = (body: string) =>
  [...'0123456789'].map((last) => body + last).find((digits) => luhnSum(digits) % 10 === 0) ?? '';

export function cardDigits(random: Random): string {
  const [prefix, length] = random.one([
    ['4', 16],
    ['51', 16],
    ['55', 16],
    ['2221', 16],
    ['2720', 16],
    ['34', 15],
    ['37', 15],
    ['6011', 16],
    ['65', 16],
    ['3528', 16],
    ['36', 14],
    ['62', 16],
  ] as const);
  return withLuhn(prefix + random.digits(length - prefix.length - 1));
}

export function badCard(random: Random): string {
  const digits = cardDigits(random);
  const other = String((Number(digits.at(-1)) + random.whole(1, 9)) % 10);
  return random.one([
    () => grouped(digits.slice(0, -1) + other, random),
    () => `${digits}${random.digits(5)}`,
    () => withLuhn(`9${random.digits(14)}`),
    () => digits.slice(0, 11),
  ])();
}

const banks = { ES: 20, GB: 'NWBK14', DE: 18, FR: 23, PT: 21, NL: 'ABNA10', IT: 'X22', IE: 'AIBK14' };
export function ibanOf(random: Random): string {
  const country = random.one(Object.keys(banks) as (keyof typeof banks)[]);
  const shape = String(banks[country]);

  const letters = shape.replace(/\d/g, '');
  const body = letters + random.digits(Number(shape.replace(/\D/g, '')));
  const number = [...`${body}${country}00`].map((each) => Number.parseInt(each, 36)).join('');
  const check = String(98n - (BigInt(number) % 97n)).padStart(2, '0');
  const iban = `${country}${check}${body}`;
  return random.chance(0.15) ? iban.toLowerCase() : iban;
}

export function badIban(random: Random): string {
  const iban = ibanOf(random);
  const at = random.whole(iban.length - 8, iban.length - 1);
  const changed = iban.slice(0, at) + ((Number(iban[at]) + random.whole(1, 9)) % 10) + iban.slice(at + 1);
  return random.one([
    () => grouped(changed, random),
    () => grouped(iban.slice(0, -2), random),
    () => `ZZ${iban.slice(2)}`,
  ])();
}

const people = [
  'ana',
  'jose.garcia',
  'j_smith',
  'mary-ann',
  'peter.o',
  'info',
  'ventas',
  'noreply',
  'x',
  'lucía',
  'o.brien99',
];
const hosts = [
  'gmail.com',
  'example.co.uk',
  'correo.empresa.es',
  'mail.shop.io',
  'hotmail.com',
  'uni-bonn.de',
  'my.company.travel',
];
export function emailOf(random: Random): string {
  const address = `${random.one(people)}${random.chance(0.3) ? `+${random.digits(2)}` : ''}@${random.one(hosts)}`;
  if (random.chance(0.1)) return address.toUpperCase();
  if (random.chance(0.1)) return address.replace('@', ' @ ');
  return random.chance(0.1) ? address.replace('@', ' (at) ').replaceAll('.', ' (dot) ') : address;
}

export const badEmail = (random: Random) =>
  random.one([
    () => `@${random.one(people)}`,
    () => `${random.one(people)}@`,
    () => `${random.one(people)}@localhost`,
    () => `${random.one(people)}@@${random.one(hosts)}`,
    () => `${random.one(people)}@shop..com`,
    () => `${random.one(people)} at ${random.one(['home', 'noon', 'the shop'])}`,
  ])();

export function urlOf(random: Random): string {
  const host = random.one([
    'example.com',
    'www.tienda.es',
    'shop.example.co.uk',
    'mi-banco.com.mx',
    'docs.example.io',
  ]);
  const path = random.one(['', '/', '/orders/12', '/a?b=c&d=1', '/ayuda#pago', '/x_(y)', '/mañana']);
  return random.one([
    `https://${host}${path}`,
    `http://${host}${path}`,
    `HTTPS://${host}${path}`,
    `www.example.org${path}`,
    `https://${host}:8443${path}`,
  ]);
}

export function ipOf(random: Random): string {
  if (random.chance(0.6)) return Array.from({ length: 4 }, () => random.whole(1, 255)).join('.');
  const group = () => random.whole(4096, 65535).toString(16);
  const parts = Array.from({ length: 8 }, group);
  return random.one([
    parts.join(':'),
    `2001:db8::${group()}`,
    `fe80::${group()}:${group()}`,
    `2001:${group()}::8a2e:370:7334`,
  ]);
}

export const badIp = (random: Random) =>
  random.one([
    () => `${random.whole(256, 999)}.${random.whole(0, 255)}.1.1`,
    () => `10.${random.whole(0, 255)}.1.${random.whole(256, 999)}`,
    () => `1.2.3.4.${random.whole(0, 255)}`,
    () => `v${random.whole(1, 9)}.2.3.4`,
    () => `${random.whole(10, 12)}:${random.whole(10, 59)}:45`,
    () => `${random.whole(1, 9)}.2.${random.whole(1, 99)}`,
    () => '2001:db8:1:2:3',
  ])();

export function phoneOf(random: Random): string {
  const d = (count: number) => random.digits(count);
  return random.one([
    () => spaced([`${random.one(['61', '62', '65', '69'])}${d(1)}`, d(3), d(3)], random),
    () => `91 ${random.whole(200, 899)} ${d(2)} ${d(2)}`,
    () => `6${random.whole(10, 99)}${d(6)}`,
    () => `+34 ${random.one(['61', '65'])}${d(1)} ${d(3)} ${d(3)}`,
    () => `(${random.one(['212', '415', '305', '617'])}) ${random.whole(200, 999)}-${d(4)}`,
    () => spaced([random.one(['212', '415', '305', '617']), String(random.whole(200, 999)), d(4)], random),
    () => `+1 ${random.one(['212', '415', '305'])}-${random.whole(200, 999)}-${d(4)}`,
    () => `020 7${random.whole(100, 999)} ${d(4)}`,
    () => `+44 20 7946 0${d(3)}`,
    () => `07${random.one(['700', '911', '400'])} 9${d(5)}`,
    () => `+49 30 ${random.whole(200000, 899999)}`,
    () => `0034 6${random.whole(10, 79)} ${d(3)} ${d(3)}`,
    () => `+52 55 ${random.whole(1000, 5999)} ${d(4)}`,
  ])();
}

export const badPhone = (random: Random) =>
  random.one([
    () => random.digits(5),
    () => `1${random.digits(7)}`,
    () => `order ${random.digits(9)}`,
    () => `pedido ${random.digits(9)}`,
    () => `1,${random.digits(3)},${random.digits(3)}`,
    () => `${random.digits(14)}`,
    () => `${random.whole(1950, 1999)}-${random.whole(2000, 2024)}`,
    () => `${random.whole(1, 9)}.${random.digits(7)}`,
    () => `+1 ${random.digits(3)}`,
  ])();

const english = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const spanish = [
  'enero',
  'febrero',
  'marzo',
  'abril',
  'mayo',
  'junio',
  'julio',
  'agosto',
  'septiembre',
  'octubre',
  'noviembre',
  'diciembre',
];
export function dateOf(random: Random): string {
  const [y, m, d] = [random.whole(1930, 2035), random.whole(1, 12), random.whole(1, 28)];
  const two = (value: number) => String(value).padStart(2, '0');
  const name = english[m - 1] ?? '';
  return random.one([
    `${two(d)}/${two(m)}/${y}`,
    `${m}/${d}/${y}`,
    `${d}-${m}-${y}`,
    `${two(d)}.${two(m)}.${y}`,
    `${y}-${two(m)}-${two(d)}`,
    `${two(d)} / ${two(m)} / ${y}`,
    `${name} ${d}, ${y}`,
    `${d} ${name} ${y}`,
    `${name.slice(0, 3)} ${d} ${y}`,
    `${d}th of ${name} ${y}`,
    `${d} de ${spanish[m - 1]} de ${y}`,
    `${d} de ${spanish[m - 1]}`,
    `${two(d)}/${two(m)}/${two(y % 100)}`,
    `${name} ${d}th`,
  ]);
}

export const badDate = (random: Random) =>
  random.one([
    `31/02/${random.whole(1990, 2030)}`,
    `${random.whole(32, 99)}/12/2024`,
    `2024-${random.whole(13, 19)}-01`,
    '24/7',
    `30 February ${random.whole(1990, 2030)}`,
    `${random.whole(32, 99)} de mayo`,
    `${random.whole(1, 9)}/${random.whole(2, 9)}`,
    `${random.whole(10, 99)}-${random.whole(10, 99)}`,
    `31 de junio de 2024`,
    `v1.2.2024.3`,
  ]);
