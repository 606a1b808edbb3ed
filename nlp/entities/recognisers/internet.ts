import { isIP } from 'node:net';
import { bounded, checked, type Found, formed, isEmbedded, matches, type Recogniser } from '../found.ts';

const label = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}\-]{0,61}[\p{L}\p{N}])?`;
const local = String.raw`[\p{L}\p{N}_+\-](?:[\p{L}\p{N}'%&~_+.\-]{0,62}[\p{L}\p{N}_+\-])?`;
const domain = String.raw`(?:${label}\.){1,8}(?:\p{L}{2,24}|xn--[a-z\d\-]{2,40})`;
const emailPattern = bounded(
  String.raw`(?<![\p{L}\p{N}._+\-@])${local}@${domain}(?![\p{L}\p{N}_@]|\.[\p{L}\p{N}])`,
  'i',
);
/** Domains that are written without a scheme: the common ones that are no words of English or Spanish after a missing blank. */
const bareDomains =
  'com|org|net|edu|gov|int|io|co|es|eu|uk|us|ca|au|de|fr|it|pt|nl|ch|mx|ar|cl|pe|br|jp|cn|in|dev|app|info|biz|shop|store|cloud|tech|online|site';
/** Spaced out, or in words so that no machine should read it: ana @ example.com, ana (at) example (dot) com. */
const at = String.raw`(?: {0,2}@ {1,2}| {1,2}@(?=(?:${label}\.){1,4}(?:${bareDomains})(?![\p{L}\p{N}.]))| {0,2}[(\[{] ?(?:at|arroba) ?[)\]}] {0,2}| (?:at|arroba) (?=(?:${label} (?:dot|punto) ){1,3}(?:${bareDomains})(?![\p{L}\p{N}])))`;
const bracketedDot = String.raw` {0,2}[(\[{] ?(?:dot|punto) ?[)\]}] {0,2}`;
const dot = String.raw`(?:\.|${bracketedDot}| dot | punto )`;
const spoken = bounded(
  String.raw`(?<![\p{L}\p{N}._+\-@])${local}(?:${bracketedDot}${local}){0,2}(?:${at}(?!www\.)(?:${label}${dot}){1,4}|@(?:${label}${dot}){1,4})\p{L}{2,24}(?![\p{L}\p{N}_@]|\.[\p{L}\p{N}])`,
  'i',
);

/** E-mail addresses, with the signs before @ that people use; RFC 5321 allows quoted parts and stranger signs too. */
export const email: Recogniser = {
  kinds: ['email'],
  find: (plain) => [...each(plain, emailPattern, 0.99), ...each(plain, spoken, 0.9)],
};

function each(plain: string, pattern: RegExp, score: number): Found[] {
  return [...matches(plain, pattern)]
    .filter(({ 0: text }) => !text.includes('..'))
    .map((match) => {
      const start = match.index ?? 0;
      return formed('email', start, start + match[0].length, score);
    });
}

const host = String.raw`(?:${label}\.){1,8}`;
const rest = String.raw`(?::\d{1,5})?(?:[/?#][^\s<>"'{}|\\^\x60]{0,2000})?`;
const withScheme = bounded(
  String.raw`(?<![\p{L}\p{N}])(?:https?|hxxps?|ftp|wss?):\/\/(?:[^\s<>"/@]{1,100}@)?(?:${host}\p{L}{2,24}|localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:.]{2,45}\])${rest}`,
  'i',
);
const withoutScheme = bounded(
  String.raw`(?<![\p{L}\p{N}@._\-/])(?:www\.(?:${label}\.){1,8}\p{L}{2,24}|${host}(?:${bareDomains}))(?![\p{L}\p{N}@\-])(?!\.[\p{L}\p{N}])${rest}`,
  'i',
);

/** Web addresses: with a scheme, with www, or a plain domain of a common ending. */
export const url: Recogniser = {
  kinds: ['url'],
  find: (plain) => [...urls(plain, withScheme, 0.99), ...urls(plain, withoutScheme, 0.9)],
};

function urls(plain: string, pattern: RegExp, score: number): Found[] {
  return [...matches(plain, pattern)].map((match) => {
    const start = match.index ?? 0;
    return formed('url', start, start + sentenceTrimmed(match[0]).length, score);
  });
}

/** Without the punctuation of the sentence around it; a bracket stays where its partner is inside. */
function sentenceTrimmed(address: string): string {
  let end = address.length;
  for (; end > 0; end--) {
    const last = address[end - 1] ?? '';
    if (/[.,;:!?…»”’*_]/.test(last)) continue;
    if (!/[)\]]/.test(last)) break;
    const opening = last === ')' ? '(' : '[';
    const inside = address.slice(0, end);
    if (inside.split(opening).length >= inside.split(last).length) break;
  }
  return address.slice(0, end);
}

const ipv4 = bounded(String.raw`(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d]|\.\d)`);
const spacedIpv4 = bounded(String.raw`(?<![\d.])\d{1,3}(?: {1,2}\. {1,2}\d{1,3}){3}(?! ?\. ?\d|\d)`);
const ipv6 = bounded(String.raw`(?<![\p{L}\p{N}:._])[\da-f:]{2,39}(?:\.\d{1,3}){0,3}`, 'i');

/** IPv4 and IPv6 addresses. */
export const ip: Recogniser = {
  kinds: ['ip'],
  find: (plain) =>
    [ipv4, spacedIpv4, ipv6].flatMap((pattern) =>
      [...matches(plain, pattern)].flatMap((match) => {
        const start = match.index ?? 0;
        const text = match[0].replace(/(?<!:):$/, '');
        const end = start + text.length;
        const address = text.replaceAll(' ', '');
        const known = isIP(address) !== 0 && /\d/.test(address);
        return known && !isEmbedded(plain, start, end) ? [checked('ip', start, end, 0.97)] : [];
      }),
    ),
};
