import type { Intent } from '#contracts';
import { dot } from '../vector.ts';
import { contentWords, wordsIn } from './words.ts';

/** Turns texts into unit vectors of one model. */
export type Embed = (texts: string[]) => Promise<Float32Array[]>;

/** The declared intents with their examples as vectors. */
export interface IntentIndex {
  intents: Intent[];
  examples: {
    intent: Intent;
    language: string;
    vector: Float32Array;
    /** Its words, and those of them that say something. */
    all: string[];
    words: string[];
  }[];
}

export interface IntentScore {
  intent: Intent;
  /** Mean cosine of the two closest examples in the message's language. */
  score: number;
}

export async function indexIntents(intents: Intent[], embed: Embed): Promise<IntentIndex> {
  const all = intents
    .flatMap((intent) =>
      Object.entries(intent.examples).flatMap(([language, texts]) =>
        texts.map((text) => ({ intent, language, text: bare(text) })),
      ),
    )
    .filter(({ text }) => text !== '');
  const vectors = all.length > 0 ? await embed(all.map(({ text }) => text)) : [];
  const examples = all.map(({ intent, language, text }, at) => ({
    intent,
    language,
    vector: vectors[at] as Float32Array,
    all: [...new Set(wordsIn(text))],
    words: contentWords(text, language),
  }));
  return { intents, examples };
}

/** A text as intents compare it: without capitals and marks, which say nothing about what is wanted. */
export const bare = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[¿?¡!.,;:…"«»]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** Every intent with an example in the language, best first. `vector` is that of the bare message. */
export function rankIntents(index: IntentIndex, vector: Float32Array, language: string): IntentScore[] {
  const best = new Map<Intent, [first: number, second: number]>();
  for (const example of index.examples) {
    if (example.language !== language) continue;
    const cosine = dot(example.vector, vector);
    const [first, second] = best.get(example.intent) ?? [Number.NaN, Number.NaN];
    if (!(cosine <= first)) best.set(example.intent, [cosine, first]);
    else if (!(cosine <= second)) best.set(example.intent, [first, cosine]);
  }
  return [...best]
    .map(([intent, [first, second]]) => ({
      intent,
      score: Number.isNaN(second) ? first : (first + second) / 2,
    }))
    .sort((a, b) => b.score - a.score);
}

/**
 * Scores from which an intent counts, by what it does. Chosen on the examples of the sample company, each against the others
 * with its questions as strangers. The bundled model knows English: in other languages everything is alike to it, and
 * only what is nearly an example counts.
 */
const thresholds = {
  en: { smalltalk: 0.45, handoff: 0.47, answer: 0.5 },
  other: { smalltalk: 0.56, handoff: 0.66, answer: 0.66 },
} as const;

/**
 * A handoff intent below this gives way to an article that answers: how complaints work is no complaint.
 */
export const surelyHandoff = 0.6;

/** Two intents closer than this are close (Rasa's fallback classifier has the same margin). */
const margin = 0.1;
/** Longer messages say which of two things they mean. */
const maxAmbiguousWords = 8;
const maxSmalltalkWords = 8;

/** What the declared intents say about a message. */
export type IntentVerdict =
  | { kind: 'one'; intent: Intent; score: number }
  | { kind: 'two'; intents: [Intent, Intent]; score: number }
  | { kind: 'none' };

/** `two` when the best two both count, send to different articles, are close, and no word of the message tells them apart. */
export function judgeIntents(
  index: IntentIndex,
  ranked: IntentScore[],
  message: string,
  language: string,
): IntentVerdict {
  const bar = language === 'en' ? thresholds.en : thresholds.other;
  const said = new Set(wordsIn(message));
  const counts = ({ intent, score }: IntentScore) =>
    score >= bar[intent.action.kind] && (language === 'en' || sharesWords(index, said, intent, language));
  const [first, second] = ranked;
  if (!first || !counts(first)) return { kind: 'none' };
  const words = bare(message).split(' ').length;
  const { action } = first.intent;
  if (action.kind === 'smalltalk' && words > maxSmalltalkWords) return { kind: 'none' };
  const close = second && counts(second) && first.score - second.score < margin;
  if (
    close &&
    words <= maxAmbiguousWords &&
    action.kind === 'answer' &&
    second.intent.action.kind === 'answer' &&
    second.intent.action.article !== action.article &&
    !toldApart(index, contentWords(message, language), first.intent, second.intent)
  ) {
    return { kind: 'two', intents: [first.intent, second.intent], score: second.score };
  }
  return { kind: 'one', intent: first.intent, score: first.score };
}

/** True when some example of the intent has half of the words, by letters alone. */
function sharesWords(index: IntentIndex, said: Set<string>, intent: Intent, language: string): boolean {
  return index.examples.some((example) => {
    if (example.intent !== intent || example.language !== language) return false;
    const shared = example.all.filter((word) => said.has(word)).length;
    return shared >= said.size / 2;
  });
}

/** True when some word is said in examples of one of the two and in none of the other. */
function toldApart(index: IntentIndex, words: string[], one: Intent, other: Intent): boolean {
  const saidOf = (intent: Intent) =>
    new Set(index.examples.flatMap((each) => (each.intent === intent ? each.words : [])));
  const [first, second] = [saidOf(one), saidOf(other)];
  return words.some((word) => first.has(word) !== second.has(word));
}
