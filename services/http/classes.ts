import type { ClassificationsResult, SentimentResult } from '#contracts';

/** A verdict as the classes of a text-classification model, the most probable first. */
export function classesOf({
  probabilities,
}: Pick<SentimentResult | ClassificationsResult, 'probabilities'>): { label: string; score: number }[] {
  return Object.entries(probabilities)
    .map(([label, score]) => ({ label, score }))
    .sort((a, b) => b.score - a.score);
}
