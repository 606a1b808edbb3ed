import { expectedTokens } from '../expected-tokens.ts';

/** Tokens of one request to a server that reads texts, about: the least that such servers take at once. */
export const textBatchTokens = 16_384;

/**
 * The tokens of each text where a server says those of all, by their lengths; the sum is the server's. Where it says nothing, an
 * estimate.
 */
export function tokensOfEach(texts: readonly string[], limit: number, total?: number): number[] {
  const estimates = texts.map((text) => expectedTokens(text, limit));
  if (total === undefined || !(total >= texts.length)) return estimates;
  const sum = estimates.reduce((all, each) => all + each, 0);
  let soFar = 0;
  let given = 0;
  return estimates.map((estimate) => {
    soFar += estimate;
    const share = Math.round((total * soFar) / sum) - given;
    given += share;
    return share;
  });
}
