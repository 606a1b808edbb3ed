import { ParlanceError } from '#contracts';
import { editsBetween } from './error-rate/edits.ts';
import { type Measured, meanOf } from './metric.ts';
import { normalizeAnswer, overlapOfWords } from './squad.ts';

/** What was said, beside one or more texts that would have been right: the one that fits best counts. No answer (null) scores 0. */
export interface Answered {
  output: string | null;
  references: readonly string[];
}

/** The share of rows that are a reference, character for character, 0…1. Throws `invalid_input` for a row without references. */
export const exactMatch = (rows: readonly Answered[]): Measured =>
  meanOfBest(rows, 'exact-match|norm:no', (output, reference) => Number(output === reference));

/**
 * The share of rows that are a reference but for case, ASCII punctuation, English articles and white space, 0…1: SQuAD's exact match
 * (Rajpurkar et al. 2016). Throws as `exactMatch`.
 */
export const normalizedMatch = (rows: readonly Answered[]): Measured =>
  meanOfBest(rows, 'exact-match|norm:squad', (output, reference) =>
    Number(normalizeAnswer(output) === normalizeAnswer(reference)),
  );

/**
 * The mean F1 of the words that a row shares with a reference, 0…1: SQuAD 2's, where a side without words asks for the same of the
 * other (Rajpurkar et al. 2018). Normalized as for `normalizedMatch`. Throws as `exactMatch`.
 */
export const tokenF1 = (rows: readonly Answered[]): Measured =>
  meanOfBest(rows, 'token-f1|norm:squad', overlapOfWords);

/**
 * The mean likeness of a row and a reference, 0…1: 1 − edits ÷ characters of the longer (Levenshtein 1966), by code points; two empty
 * texts are alike. Throws as `exactMatch`.
 */
export const editSimilarity = (rows: readonly Answered[]): Measured =>
  meanOfBest(rows, 'edit-similarity|unit:char|norm:no', (output, reference) => {
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
export function patternMatch(
  rows: readonly Answered[],
  { whole = false, ignoreCase = false }: PatternOptions = {},
): Measured {
  const patterns = new Map<string, RegExp>();
  const compiled = (source: string) => {
    const pattern = patterns.get(source) ?? patternOf(source, whole, ignoreCase);
    patterns.set(source, pattern);
    return pattern;
  };
  return meanOfBest(
    rows,
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

function meanOfBest(
  rows: readonly Answered[],
  signature: string,
  score: (output: string, reference: string) => number,
): Measured {
  const each = Float64Array.from(rows, ({ output, references }, row) => {
    if (references.length === 0)
      throw new ParlanceError('invalid_input', `Row ${row} has no reference: give it at least one text.`);
    return output === null ? 0 : Math.max(...references.map((reference) => score(output, reference)));
  });
  return meanOf(each, 'higher', `${signature}|refs:best|version:parlance-1`);
}
