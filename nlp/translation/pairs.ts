import type { ModelCard, TranslationPair } from '#contracts';

/** A language tag as they are usually written, such as `zh-Hant-TW` (RFC 5646, 2.1.1): its case means nothing. What is none stays as it is. */
export function languageTag(written: string): string {
  if (!/^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i.test(written)) return written;
  const [language = '', ...others] = written.toLowerCase().split('-');
  const cased = others.map((part) => {
    if (part.length === 2) return part.toUpperCase();
    return part.length === 4 ? part.replace(/^./, (first) => first.toUpperCase()) : part;
  });
  return [language, ...cased].join('-');
}

/** `es-MX` is Spanish for a model that knows one Spanish. */
export const sameLanguage = (a: string, b: string) => a.split('-')[0] === b.split('-')[0];

/** The languages that a model translates into, some perhaps more than once. */
export const targetsOf = ({ pairs = [], languageTokens = {} }: ModelCard): string[] => [
  ...pairs.map(({ target }) => target),
  ...Object.keys(languageTokens),
];

/** The directions into a language: those of the card, and for a model that is told both languages by tokens from every other. */
export function pairsInto({ pairs = [], languageTokens = {} }: ModelCard, target: string): TranslationPair[] {
  const own = pairs.filter((pair) => sameLanguage(pair.target, target));
  const tokens = Object.entries(languageTokens);
  // Traditional Chinese is meant by its own name, where a model has both.
  const [to, forced] =
    tokens.find(([language]) => language === target) ??
    tokens.find(([language]) => sameLanguage(language, target)) ??
    [];
  if (to === undefined) return own;
  const others = tokens.filter(([source]) => !sameLanguage(source, to));
  return [
    ...own,
    ...others.map(([source, sourceToken]) => ({ source, target: to, prefix: '', sourceToken, forced })),
  ];
}
