import { type Proportion, proportion } from '../metrics/proportion.ts';

/** The highest threshold that refuses at most `share` of these questions, all of which have an answer. */
export function thresholdFor(evidence: number[], share: number): number {
  const sorted = [...evidence].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? 0;
}

/** The share of questions whose evidence is below a threshold. */
export function refusedBelow(threshold: number, evidence: number[]): Proportion {
  return proportion(evidence.filter((each) => each < threshold).length, evidence.length);
}
