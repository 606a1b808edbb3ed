import { bounded, formed, matches, type Recogniser } from '../found.ts';

const amount = String.raw`\d{1,3}(?:[,.' ]\d{3}){1,5}(?:[.,]\d{1,2})?|\d{1,12}(?:[.,]\d{1,2})?`;
const scale = String.raw`(?: ?(?:k|m|bn|mil|thousand|million|billion|mill[oó]n(?:es)?)\b(?: de)?)?`;
const sign = String.raw`(?:US|CA|AU|NZ|MX|A|C)?\$|€|£|¥|₹|₽|₩|₺|₪|R\$|S/\.?`;
const code = 'USD|EUR|GBP|JPY|CHF|CAD|AUD|NZD|MXN|ARS|CLP|COP|PEN|BRL|INR|CNY|SEK|NOK|DKK|PLN|CZK';
const word =
  'dollars?|bucks|cents?|euros?|pounds?(?: sterling)?|quid|pence|d[oó]lar(?:es)?|c[eé]ntimos?|centavos?|libras?(?: esterlinas?)?|pesos?|soles|reales|yen(?:es)?|francs?|francos?|rupees?|rupias?';

const patterns: [pattern: RegExp, score: number][] = [
  [bounded(String.raw`(?<![\p{L}\p{N}])(?:${sign}) {0,2}-?(?:${amount})${scale}(?!\d)`, 'i'), 0.95],
  [
    bounded(String.raw`(?<![\p{L}\p{N}.,])-?(?:${amount})${scale} {0,2}(?:${sign})(?![\p{L}\p{N}])`, 'i'),
    0.95,
  ],
  [bounded(String.raw`(?<![\p{L}\p{N}])(?:${code}) {0,2}(?:${amount})${scale}(?!\d)`), 0.95],
  [
    bounded(
      String.raw`(?<![\p{L}\p{N}.,])(?:${amount})${scale} {0,2}(?:(?:${code})|(?:${word}))(?![\p{L}\p{N}])`,
      'i',
    ),
    0.95,
  ],
];

/** Amounts of money with a sign, a code or the name of a currency. Amounts in words alone are not looked for. */
export const money: Recogniser = {
  kinds: ['money'],
  find: (plain) =>
    patterns.flatMap(([pattern, score]) =>
      [...matches(plain, pattern)].map((match) => {
        const start = match.index ?? 0;
        return formed('money', start, start + match[0].trimEnd().length, score);
      }),
    ),
};
