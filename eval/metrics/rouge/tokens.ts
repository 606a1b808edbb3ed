import { stemOf } from './porter.ts';

/** The tokens of a text as rouge-score cuts it: runs of ASCII letters and digits, and nothing else of any script. */
export function tokensOf(text: string, stemmer: boolean): string[] {
  const tokens = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return stemmer ? tokens.map((token) => (token.length > 3 ? stemOf(token) : token)) : tokens;
}
