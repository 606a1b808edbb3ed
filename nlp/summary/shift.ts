import type { SentimentShift, TurnQuote } from '#contracts';

/** A turn of the customer with its score, −5 to +5. */
export interface ScoredTurn {
  quote: TurnQuote;
  score: number;
}

/** Change of the mean score from which a mood is called another. */
const noticeable = 1;

/** How the mood of the customer's turns changed from their first third to their last. Two turns are the least. */
export function shiftOf(turns: readonly ScoredTurn[]): SentimentShift {
  if (turns.length < 2) return { reason: turns.length === 0 ? 'no-customer-turn' : 'too-short' };
  const third = Math.ceil(turns.length / 3);
  const [early, late] = [turns.slice(0, third), turns.slice(-third)];
  const [first, last] = [mean(early), mean(late)];
  const change = last - first >= noticeable ? 'better' : first - last >= noticeable ? 'worse' : 'same';
  const quotes = [strongest(early), strongest(late)].map(({ quote }) => quote);
  return { text: quotes.map(({ text }) => text).join(' '), turns: quotes, change, first, last };
}

const mean = (turns: readonly ScoredTurn[]) =>
  Math.round((turns.reduce((sum, { score }) => sum + score, 0) / turns.length) * 10) / 10 || 0;

const strongest = (turns: readonly ScoredTurn[]) =>
  turns.reduce((best, turn) => (Math.abs(turn.score) > Math.abs(best.score) ? turn : best));
