import type { EntityKind, EntitySource } from '#contracts';

/** A stretch of a text that somebody takes for an entity. Offsets are code units of the text that was looked through. */
export interface Found {
  type: EntityKind;
  start: number;
  end: number;
  score: number;
  source: EntitySource;
  /** What a model calls it. */
  label?: string;
}

/** Looks for entities of a few kinds in a folded text (`fold`). Its time must grow no faster than the text. */
export interface Recogniser {
  kinds: readonly EntityKind[];
  find(plain: string): Found[];
}

/** Check digits, a calendar or a register's rules hold. */
export const checked = (type: EntityKind, start: number, end: number, score = 0.99): Found => ({
  type,
  start,
  end,
  score,
  source: 'checked',
});

/** Only the form, and perhaps the words before it, say so. */
export const formed = (type: EntityKind, start: number, end: number, score: number): Found => ({
  type,
  start,
  end,
  score,
  source: 'pattern',
});

/** Whether a letter or digit stands beside the span, which then is a part of something longer. */
export function isEmbedded(plain: string, start: number, end: number): boolean {
  return wordy.test(plain[start - 1] ?? '') || wordy.test(plain[end] ?? '');
}

/** The ordinal signs are letters to Unicode, but stand before numbers: nº4111. */
const wordy = /[\p{L}\p{N}_](?<![ºª])/u;

/**
 * A global expression that cannot run away: every repetition has an upper bound, so the work at each position has one too.
 * @throws Error where a repetition has none
 */
export function bounded(source: string, flags = ''): RegExp {
  const bare = source.replace(/\\./g, '_').replace(/\[[^\]]*\]/g, '_');
  if (/[*+]|\{\d+,\}/.test(bare)) throw new Error(`A repetition without an upper bound: ${source}`);
  return new RegExp(source, `gu${flags}`);
}

/** Every match, none of them empty. */
export const matches = (plain: string, pattern: RegExp): IterableIterator<RegExpMatchArray> =>
  plain.matchAll(pattern);

/** Stands for what was found. No pattern has it, and no folded text: it is a half of a pair, alone. */
export const taken = '\uDC00';
