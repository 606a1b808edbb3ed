import type { LanguageCandidate } from '#contracts';
import { sentencesOf } from './segment.ts';

/** Tells languages. Loaded once and kept. */
export interface LanguageDetector {
  /** Codes of ISO 639-1. */
  readonly languages: ReadonlySet<string>;
  /**
   * How likely each language is, or of a text in several how much of it is in each; the most likely first, summing to 1 over all
   * languages. Empty for a text without letters and for one that shows no sign of any. `among` restricts what it can be.
   */
  detect(text: string, among?: readonly string[]): LanguageCandidate[];
}

/** What lies beyond is not looked at: a text that is so long has been in its languages for some time. */
const maxCharacters = 20_000;

/** The library gives scores on a scale of its own, s = mean / (mean + 25): this is the way back to the mean of its n-grams. */
const meanOf = (score: number) => (25 * score) / (1 - score);

/**
 * Evidence a distinct n-gram gives, per unit of the library's mean score. Found with `npm run eval:languages -- --choose` on
 * beginnings of sentences in four languages.
 */
const evidencePerNgram = 0.035;

/** What a sentence may be in whatever the others are in. */
const freshShare = 0.5;

/** The detector over eld, 60 languages by their n-grams. Loading takes some tenths of a second and about 85 MB. */
export async function openLanguageDetector(evidence = evidencePerNgram): Promise<LanguageDetector> {
  const { eld } = await import('eld/extrasmall');
  const codes = Object.values(eld.info().Languages);
  return newLanguageDetector(new Set(codes), (text) => eld.detect(text).getScores(), evidence);
}

let loading: Promise<LanguageDetector> | undefined;

/** The same, opened once. */
export function languageDetector(): Promise<LanguageDetector> {
  loading ??= openLanguageDetector();
  return loading;
}

/** @param scores of a text in each language it shows signs of, in 0…1 */
export function newLanguageDetector(
  languages: ReadonlySet<string>,
  scores: (text: string) => Record<string, number>,
  evidence = evidencePerNgram,
): LanguageDetector {
  return {
    languages,
    detect(text, among = [...languages]) {
      const head = text.slice(0, maxCharacters);
      const parts = sentencesOf(head).flatMap(({ start, end }) => {
        const sentence = head.slice(start, end);
        const found = ngramsOf(sentence);
        const signs = scores(sentence);
        if (found === 0 || Object.keys(signs).length === 0) return [];
        return [{ weight: found, chances: chancesOf(signs, found, among, evidence) }];
      });
      if (parts.length === 0) return [];
      const shares = mixed(parts);
      return among
        .map((language, at) => ({ language, confidence: shares[at] ?? 0 }))
        .sort((a, b) => b.confidence - a.confidence);
    },
  };
}

interface Part {
  weight: number;
  chances: number[];
}

/** About as many as the library counts: distinct words, a run of three bytes each. */
function ngramsOf(text: string): number {
  const words = new Set(text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []);
  return [...words].reduce((sum, word) => sum + Math.max(1, Math.ceil((Buffer.byteLength(word) - 1) / 3)), 0);
}

/** Softmax over the evidence; a language without any sign of it has none. */
function chancesOf(
  scores: Record<string, number>,
  ngrams: number,
  among: readonly string[],
  evidence: number,
): number[] {
  const sums = among.map((language) => evidence * ngrams * meanOf(scores[language] ?? 0));
  const highest = Math.max(...sums);
  const odds = sums.map((sum) => Math.exp(sum - highest));
  const total = odds.reduce((sum, each) => sum + each, 0);
  return odds.map((each) => each / total);
}

/**
 * The mean over the sentences by their weight, each read in the light of what the others are in: twenty short sentences say more
 * than one, and two languages do not make a third.
 */
function mixed(parts: Part[]): number[] {
  const sum = sumOf(parts);
  const total = parts.reduce((all, { weight }) => all + weight, 0);
  const read = parts.map(({ weight, chances }) => {
    const others = total - weight;
    if (others === 0) return { weight, chances };
    const joint = chances.map((chance, at) => {
      const share = ((sum[at] ?? 0) - weight * chance) / others;
      return chance * (freshShare / chances.length + (1 - freshShare) * Math.max(0, share));
    });
    const scale = joint.reduce((all, each) => all + each, 0);
    return { weight, chances: joint.map((each) => each / scale) };
  });
  return sumOf(read).map((each) => each / total);
}

const sumOf = (parts: Part[]): number[] =>
  (parts[0]?.chances ?? []).map((_, at) =>
    parts.reduce((sum, { weight, chances }) => sum + weight * (chances[at] ?? 0), 0),
  );
