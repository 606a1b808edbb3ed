import { ParlanceError } from '#contracts';
import { editsBetween } from './error-rate/edits.ts';
import { type Measured, meanOf } from './metric.ts';
import { normalizeAnswer, overlapOfWords } from './squad.ts';
import { withReferences } from './text/row.ts';

/** What was said, beside one or more texts that would have been right: the one that fits best counts. No answer (null) scores 0. */
export interface Answered {
  output: string | null;
  references: readonly string[];
}

/** What a row scores, once, and the mean of what rows score. */
export interface MatchMetric {
  score(row: Answered): number;
  measure(scores: readonly number[]): Measured;
}

/** The share of rows that are a reference, character for character, 0…1. Throws `invalid_input` for a row without references. */
export const exactMatch = (rows: readonly Answered[]): Measured => measureMatches(exactly, rows);
/** The same in two steps. */
export const exactly = bestMatch('exact-match|norm:no', (output, reference) => Number(output === reference));

/**
 * The share of rows that are a reference but for case, ASCII punctuation, English articles and white space, 0…1: SQuAD's exact match
 * (Rajpurkar et al. 2016). Throws as `exactMatch`.
 */
export const normalizedMatch = (rows: readonly Answered[]): Measured => measureMatches(normalized, rows);
/** The same in two steps. */
export const normalized = bestMatch('exact-match|norm:squad', (output, reference) =>
  Number(normalizeAnswer(output) === normalizeAnswer(reference)),
);

/**
 * The mean F1 of the words that a row shares with a reference, 0…1: SQuAD 2's, where a side without words asks for the same of the
 * other (Rajpurkar et al. 2018). Normalized as for `normalizedMatch`. Throws as `exactMatch`.
 */
export const tokenF1 = (rows: readonly Answered[]): Measured => measureMatches(sharedWords, rows);
/** The same in two steps. */
export const sharedWords = bestMatch('token-f1|norm:squad', overlapOfWords);

/**
 * The mean likeness of a row and a reference, 0…1: 1 − edits ÷ characters of the longer (Levenshtein 1966), by code points; two empty
 * texts are alike. Throws as `exactMatch`.
 */
export const editSimilarity = (rows: readonly Answered[]): Measured => measureMatches(alike, rows);
/** The same in two steps. */
export const alike = bestMatch('edit-similarity|unit:char|norm:no', (output, reference) => {
  const [said, wanted] = [Array.from(output), Array.from(reference)];
  const longer = Math.max(said.length, wanted.length);
  return longer === 0 ? 1 : 1 - editsBetween(wanted, said).edits / longer;
});

export interface PatternOptions {
  /** The pattern must fit all of the output; otherwise it may be anywhere in it. */
  whole?: boolean;
  ignoreCase?: boolean;
}

/**
 * The share of rows that fit a reference taken as a regular expression of JavaScript (flag `u`: `\d`, `\w` and `\b` know ASCII only),
 * 0…1. A pattern can take for ever on a text that was made for it, so patterns are to be trusted. Throws `invalid_input` for one that
 * is none, and as `exactMatch`.
 */
export const patternMatch = (rows: readonly Answered[], options?: PatternOptions): Measured =>
  measureMatches(fitting(options), rows);

/** The same in two steps. */
export function fitting({ whole = false, ignoreCase = false }: PatternOptions = {}): MatchMetric {
  const patterns = new Map<string, RegExp>();
  const compiled = (source: string) => {
    const pattern = patterns.get(source) ?? patternOf(source, whole, ignoreCase);
    patterns.set(source, pattern);
    return pattern;
  };
  return bestMatch(
    `pattern|fit:${whole ? 'whole' : 'part'}|case:${ignoreCase ? 'any' : 'mixed'}`,
    (output, reference) => Number(compiled(reference).test(output)),
  );
}

function patternOf(source: string, whole: boolean, ignoreCase: boolean): RegExp {
  try {
    // Alone first: an unbalanced bracket must not come to fit the brackets around it.
    const alone = new RegExp(source, ignoreCase ? 'iu' : 'u');
    return whole ? new RegExp(`^(?:${source})$`, alone.flags) : alone;
  } catch (cause) {
    throw new ParlanceError('invalid_input', `${source} is no regular expression.`, { cause });
  }
}

function bestMatch(signature: string, scoreOf: (output: string, reference: string) => number): MatchMetric {
  return {
    score: ({ output, references }) =>
      output === null ? 0 : Math.max(...references.map((reference) => scoreOf(output, reference))),
    measure: (scores) =>
      meanOf(Float64Array.from(scores), 'higher', `${signature}|refs:best|version:parlance-1`),
  };
}

const measureMatches = ({ score, measure }: MatchMetric, rows: readonly Answered[]): Measured =>
  measure(withReferences(rows).map(score));
