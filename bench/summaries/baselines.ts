import { contentWords } from '#nlp';
import type { Collection } from './data.ts';

/** Places of sentences, the one to be taken first in front. */
export type Ranking = (sentences: readonly string[]) => number[];

const damping = 0.85;
const settled = 1e-4;
const mostRounds = 100;

/** The sentences as they come. */
export const lead: Ranking = (sentences) => [...sentences.keys()];

/** TextRank (Mihalcea & Tarau 2004) over all words, and over those that are no function words, the paper's filter. */
export const textRank: Ranking = (sentences) => ranked(sentences.map((each) => wordsIn(each)));
export const filteredTextRank: Ranking = (sentences) =>
  ranked(sentences.map((each) => contentWords(each, 'en')));

/** The texts of a summary in the order of the document: sentences of a ranking until the budget is full; what would exceed its words is passed over. */
export function filled(
  sentences: readonly string[],
  ranking: number[],
  budget: Collection['budget'],
): string[] {
  const chosen: number[] = [];
  let words = 0;
  for (const at of ranking) {
    if ('sentences' in budget && chosen.length >= budget.sentences) break;
    const more = wordsIn(sentences[at] ?? '').length;
    if ('words' in budget && chosen.length > 0 && words + more > budget.words) continue;
    chosen.push(at);
    words += more;
  }
  return chosen.sort((a, b) => a - b).map((at) => sentences[at] ?? '');
}

const wordsIn = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? [];

/** Power iteration on the graph of sentences, whose edges are shared words over the sum of the logarithms of the lengths. */
function ranked(words: string[][]): number[] {
  const count = words.length;
  const edges = edgesOf(words);
  const out = edges.map((row) => row.reduce((sum, [, weight]) => sum + weight, 0));
  let scores = new Float64Array(count).fill(1);
  for (let round = 0; round < mostRounds; round++) {
    const next = new Float64Array(count).fill(1 - damping);
    edges.forEach((row, from) => {
      for (const [to, weight] of row)
        next[to] =
          (next[to] as number) + (damping * weight * (scores[from] as number)) / (out[from] as number);
    });
    const change = next.reduce(
      (most, score, at) => Math.max(most, Math.abs(score - (scores[at] as number))),
      0,
    );
    scores = next;
    if (change < settled) break;
  }
  return [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
}

function edgesOf(words: string[][]): [to: number, weight: number][][] {
  const sets = words.map((each) => new Set(each));
  return words.map((_, from) =>
    words.flatMap((_, to): [number, number][] => {
      const [one, other] = [sets[from] as Set<string>, sets[to] as Set<string>];
      const lengths = Math.log(words[from]?.length ?? 0) + Math.log(words[to]?.length ?? 0);
      if (from === to || !(lengths > 0) || !Number.isFinite(lengths)) return [];
      let shared = 0;
      for (const word of one) if (other.has(word)) shared++;
      return shared > 0 ? [[to, shared / lengths]] : [];
    }),
  );
}
