import {
  ParlanceError,
  type SentimentLabel,
  type SentimentProbabilities,
  type SentimentSpan,
} from '#contracts';
import { type Span, sentencesOf, wordsOf } from '../text/segment.ts';
import type { Verdict } from './sentiment-verdict.ts';

/** Scores variants of a text; one set of probabilities each. */
export type Score = (variants: string[]) => Promise<SentimentProbabilities[]>;

/** Longer texts are explained through the sentences that say most for the verdict. */
const maxWords = 64;
const maxSentences = 3;
const maxSentencesTried = 1024;
const maxSpans = 8;
/** Words erased together: one at a time, and more only where single words cover for each other. */
const windowWidths = [1, 3, 5];
/** A fall of probability that settles which words it was. */
const tellingFall = 0.1;
/** A word belongs to a span when its share reaches this part of the strongest word's. */
const relativeThreshold = 0.4;
/** Falls of probability below this are noise of the quantized model. */
const noise = 0.01;

/**
 * The spans that carried a verdict, strongest first, found by erasure (Li, Monroe & Jurafsky 2016, "Understanding neural
 * networks through representation erasure"): words are left out and the fall in the probability of the verdict noted, one
 * at a time, then three and five together when no single word tells. A word's share is the mean over the windows it is
 * in, neighbouring strong words become a span, and each span is measured by leaving it out as a whole. Texts over 64 words are explained sentence by
 * sentence, and so are those whose sentences say the same, so that none is missed when left out: there `weight` is the fall within the
 * sentence, and of a sentence that is itself longer the first 64 words are tried.
 *
 * @throws ParlanceError `too_large` for a text of more than 1,024 sentences
 */
export async function explainVerdict(text: string, verdict: Verdict, score: Score): Promise<SentimentSpan[]> {
  const explainAll = async (contexts: Span[]) => {
    const found = await Promise.all(
      contexts.map((context) => explainContext(text, context, verdict.label, score)),
    );
    return found
      .flat()
      .sort((a, b) => b.weight - a.weight)
      .slice(0, maxSpans);
  };
  const isShort = wordsOf(text, maxWords + 1).length <= maxWords;
  const spans = isShort ? await explainAll([{ start: 0, end: text.length }]) : [];
  const settled = (spans[0]?.weight ?? 0) >= tellingFall || sentencesOf(text).length < 2;
  if (isShort && settled) return spans;
  const bySentence = await explainAll(await tellingSentences(text, verdict.label, score));
  return bySentence.length > 0 ? bySentence : spans;
}

/** The sentences most probable to have the verdict's label, in the order of the text. */
async function tellingSentences(text: string, label: SentimentLabel, score: Score): Promise<Span[]> {
  const sentences = sentencesOf(text);
  if (sentences.length > maxSentencesTried) {
    const detail = `The text has ${sentences.length} sentences; up to ${maxSentencesTried} are explained. Send a part of it.`;
    throw ParlanceError.field('/options/explain', detail, 'too_large');
  }
  const probabilities = await score(sentences.map((span) => slice(text, span)));
  const order = sentences
    .map((_, at) => at)
    .sort((a, b) => (probabilities[b]?.[label] ?? 0) - (probabilities[a]?.[label] ?? 0));
  return order.slice(0, maxSentences).map((at) => sentences[at] as Span);
}

async function explainContext(
  text: string,
  context: Span,
  label: SentimentLabel,
  score: Score,
): Promise<SentimentSpan[]> {
  const sentence = slice(text, context);
  const words = wordsOf(sentence, maxWords);
  if (words.length === 0) return [];
  const [base] = await score([sentence]);
  const fallWithout = async (spans: Span[]) => {
    const left = await score(spans.map((span) => without(sentence, span)));
    return left.map((each) => (base?.[label] ?? 0) - each[label]);
  };

  let shares: number[] = [];
  for (const width of windowWidths) {
    const windows = windowsAcross(words.length, width);
    if (windows.length === 0) break;
    const falls = await fallWithout(windows.map(([from, to]) => spanOf(words, from, to)));
    shares = words.map((_, word) => mean(falls.filter((_, at) => covers(windows[at], word))));
    if (Math.max(...shares) >= tellingFall) break;
  }
  const threshold = Math.max(noise, relativeThreshold * Math.max(...shares));
  const spans = runsAbove(shares, threshold).map(([from, to]) => spanOf(words, from, to));
  const weights = await fallWithout(spans);
  return spans
    .map((span, at) => place(text, context, span, weights[at] ?? 0))
    .filter((span) => span.weight > 0);
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

type Window = [from: number, to: number];

function windowsAcross(words: number, width: number): Window[] {
  // A window over all words leaves nothing to judge, unless there is only one.
  if (width >= words && words > 1) return [];
  if (width > words) return [];
  return Array.from({ length: words - width + 1 }, (_, from) => [from, from + width]);
}

const covers = (window: Window | undefined, word: number) =>
  window !== undefined && window[0] <= word && word < window[1];

/** Ranges of neighbouring words whose shares reach the threshold. */
function runsAbove(shares: number[], threshold: number): Window[] {
  const runs: Window[] = [];
  shares.forEach((share, word) => {
    if (share < threshold) return;
    const last = runs.at(-1);
    if (last && last[1] === word) last[1] = word + 1;
    else runs.push([word, word + 1]);
  });
  return runs;
}

function spanOf(words: Span[], from: number, to: number): Span {
  return { start: words[from]?.start ?? 0, end: words[to - 1]?.end ?? 0 };
}

const slice = (text: string, { start, end }: Span) => text.slice(start, end);

/** A text of nothing but erased words would be empty, which no model reads. */
function without(text: string, { start, end }: Span): string {
  const rest = `${text.slice(0, start)}${text.slice(end)}`;
  return rest.trim() === '' ? '.' : rest;
}

function place(text: string, context: Span, { start, end }: Span, weight: number): SentimentSpan {
  const from = context.start + start;
  const to = context.start + end;
  return { text: text.slice(from, to), start: from, end: to, weight: Math.round(weight * 1e4) / 1e4 };
}
