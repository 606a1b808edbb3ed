import type { SentimentLabel, SentimentProbabilities } from '#contracts';

export interface Verdict {
  label: SentimentLabel;
  score: number;
  probabilities: SentimentProbabilities;
}

/** Label, score −5…+5 with one decimal, and probabilities with four. */
export function verdictOf(probabilities: SentimentProbabilities): Verdict {
  const { negative, neutral, positive } = probabilities;
  const highest = Math.max(negative, neutral, positive);
  const label = highest === neutral ? 'neutral' : highest === negative ? 'negative' : 'positive';
  return {
    label,
    score: Math.round(50 * (positive - negative)) / 10 || 0,
    probabilities: { negative: round(negative), neutral: round(neutral), positive: round(positive) },
  };
}

const round = (value: number) => Math.round(value * 1e4) / 1e4;
