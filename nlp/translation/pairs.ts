import type { ModelCard, TranslationPair } from '#contracts';

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
