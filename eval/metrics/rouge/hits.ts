import { ngramsOf, sharedBy } from '../text/ngrams.ts';
import { commonLength, commonPlaces } from './subsequence.ts';
import { tokensOf } from './tokens.ts';

/** How many units of the reference the output has, and how many there are in each. */
export interface Hits {
  shared: number;
  output: number;
  reference: number;
}

export type RougeVariant = '1' | '2' | 'L' | 'Lsum';

/** How each ROUGE compares an output with a reference. `Lsum` takes each line for a sentence. */
export const comparisons: Record<
  RougeVariant,
  (output: string, reference: string, stemmer: boolean) => Hits
> = {
  1: (output, reference, stemmer) => ngramHits(tokensOf(output, stemmer), tokensOf(reference, stemmer), 1),
  2: (output, reference, stemmer) => ngramHits(tokensOf(output, stemmer), tokensOf(reference, stemmer), 2),
  L: (output, reference, stemmer) => {
    const said = tokensOf(output, stemmer);
    const right = tokensOf(reference, stemmer);
    return { shared: commonLength(right, said), output: said.length, reference: right.length };
  },
  Lsum: (output, reference, stemmer) => {
    const sentencesOf = (text: string) => text.split('\n').map((line) => tokensOf(line, stemmer));
    return unionHits(sentencesOf(output), sentencesOf(reference));
  },
};

function ngramHits(output: string[], reference: string[], order: number): Hits {
  const countsOf = (tokens: string[]) => ngramsOf(tokens, order, ' ')[order - 1] ?? new Map();
  return {
    shared: sharedBy(countsOf(reference), countsOf(output)),
    output: Math.max(0, output.length - order + 1),
    reference: Math.max(0, reference.length - order + 1),
  };
}

/**
 * Of each sentence of the reference the words that some sentence of the output has in common with it (Lin 2004, section 3.2),
 * each word no more often than both texts have it.
 */
function unionHits(output: string[][], reference: string[][]): Hits {
  const leftOf = (sentences: string[][]) => ngramsOf(sentences.flat(), 1, '')[0] ?? new Map<string, number>();
  const left = [leftOf(output), leftOf(reference)];
  let shared = 0;
  for (const sentence of reference) {
    const union = new Set(output.flatMap((other) => commonPlaces(sentence, other)));
    for (const place of union) {
      const word = sentence[place] as string;
      if (!left.every((counts) => (counts.get(word) ?? 0) > 0)) continue;
      for (const counts of left) counts.set(word, (counts.get(word) as number) - 1);
      shared++;
    }
  }
  return { shared, output: output.flat().length, reference: reference.flat().length };
}
