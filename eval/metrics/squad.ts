import { wordsOf } from './text/white-space.ts';

// Python's `string.punctuation`, and its `\b`, which unlike ours knows letters beyond ASCII.
const punctuation = /[!-/:-@[-`{-~]/g;
const articles = /(?<![\p{L}\p{N}_])(?:a|an|the)(?![\p{L}\p{N}_])/gu;

/**
 * A text in lower case, without ASCII punctuation and English articles, its words one blank apart, as SQuAD's evaluation script
 * compares answers (Rajpurkar et al. 2016).
 */
export const normalizeAnswer = (text: string): string =>
  wordsOf(text.toLowerCase().replace(punctuation, '').replace(articles, ' ')).join(' ');

/** F1 of the words of two texts, each word as often as it occurs, 0…1; without words on either side it is whether both have none. */
export function overlapOfWords(output: string, reference: string): number {
  const said = wordsOf(normalizeAnswer(output));
  const wanted = wordsOf(normalizeAnswer(reference));
  if (said.length === 0 || wanted.length === 0) return Number(said.length === wanted.length);
  const left = new Map<string, number>();
  for (const word of wanted) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of said) {
    const count = left.get(word) ?? 0;
    if (count > 0) shared++;
    left.set(word, count - 1);
  }
  return (2 * shared) / (said.length + wanted.length);
}
