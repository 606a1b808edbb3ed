import type { InboxEntry } from '#contracts';

/**
 * Mean score of each quarter of a conversation's scored turns, in order, one decimal; null for a quarter without one.
 * Turns are dealt out evenly, as in Amazon Connect's sentiment by period: with fewer than four, later quarters stay empty.
 */
export function trendOf(scores: readonly number[]): InboxEntry['trend'] {
  const size = Math.max(1, scores.length / 4);
  return [0, 1, 2, 3].map((quarter) => {
    const part = scores.slice(Math.round(quarter * size), Math.round((quarter + 1) * size));
    if (part.length === 0) return null;
    const mean = part.reduce((sum, score) => sum + score, 0) / part.length;
    return Math.round(mean * 10) / 10;
  });
}
