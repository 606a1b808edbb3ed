import type { Intent, Passage, SearchHit } from '#contracts';
import { dot } from '../vector.ts';
import { type Embed, indexIntents } from './intents.ts';
import type { ChatTools } from './respond.ts';
import { contentWords, wordsIn } from './words.ts';

const dimensions = 256;

/** Texts as bags of hashed words: the cosine of two is how many words they share. Deterministic, for tests. */
export const fakeEmbed: Embed = async (texts) => {
  if (texts.some((text) => text.trim() === '')) throw new Error('A text is empty, which no model reads.');
  return texts.map(vectorOf);
};

function vectorOf(text: string): Float32Array {
  const vector = new Float32Array(dimensions);
  for (const word of wordsIn(text)) {
    let hash = 2166136261;
    for (const character of word) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619);
    const at = (hash >>> 0) % dimensions;
    vector[at] = (vector[at] ?? 0) + 1;
  }
  const length = Math.sqrt(dot(vector, vector)) || 1;
  return vector.map((value) => value / length);
}

/** Evidence that a passage must have: half of the question's words. */
const threshold = 0.5;

/** What answering needs, over passages and intents that are given: evidence is the share of a question's words in a passage. */
export function fakeTools(passages: Passage[], intents: Intent[] = []): ChatTools {
  const index = indexIntents(intents, fakeEmbed);
  return {
    embed: fakeEmbed,
    intents: () => index,
    async search({ query, language, limit }) {
      const asked = contentWords(query, language);
      const hits = passages
        .map((passage): SearchHit => {
          const there = new Set(wordsIn(`${passage.title} ${passage.headings.join(' ')} ${passage.text}`));
          const coverage = asked.filter((word) => there.has(word)).length / Math.max(1, asked.length);
          const evidence = coverage - (passage.language === language ? 0 : 0.1);
          return { passage, cosine: coverage, coverage, evidence, vectorRank: 1, textRank: 1, fused: 0 };
        })
        .sort((a, b) => b.evidence - a.evidence)
        .slice(0, limit);
      const answerable = (hits[0]?.evidence ?? 0) >= threshold;
      return { hits, lead: 0, threshold, answerable, timing: { embedMs: 0, searchMs: 0 } };
    },
  };
}
