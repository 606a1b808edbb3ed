import { contentWords } from '../chat/words.ts';
import { dot } from '../vector.ts';
import { announces } from './announcements.ts';
import { sum } from './vectors.ts';

/** A sentence and its unit vector. */
export interface Unit {
  text: string;
  vector: Float32Array;
}

/** What is known of a sentence beside the others of its text. */
export interface Features {
  /** How close it is to the mean of all, beside the closest, up to 1 (the centroid of MEAD, Radev et al. 2004, over sentence vectors). */
  centrality: number;
  /** How often its words are said elsewhere in the text, on a logarithmic scale, beside the sentence with most of that. */
  recurrence: number;
  /** How many words of substance it has, on a logarithmic scale, beside the one that has most. */
  substance: number;
  /** 1 for the first sentence. */
  first: number;
  /** Where it stands, from 0 to 1. */
  late: number;
  /** 1 where it says what the text is about or comes to. */
  announcing: number;
}

/** What each feature is worth. */
export type Weights = Record<keyof Features, number>;

export type SummaryKind = 'text' | 'conversation';

/** Chosen by bench/summaries/tune.ts on rows for training only: SciTLDR for texts, MTS-Dialog for conversations. */
export const weights: Readonly<Record<SummaryKind, Weights>> = {
  text: { centrality: 0.66, recurrence: 0.27, substance: 0.35, first: 0.39, late: -0.56, announcing: 1.1 },
  conversation: { centrality: 1, recurrence: 0, substance: 2, first: 0, late: 0, announcing: 0 },
};

/** The features of the sentences of one text, in their order. The time grows with their number, not with its square. */
export function featuresOf(units: readonly Unit[]): Features[] {
  const words = units.map(({ text }) => contentWords(text, 'en'));
  const centrality = besideLargest(centralities(units));
  const recurrence = besideLargest(recurrences(words));
  const substance = besideLargest(words.map((each) => Math.log1p(each.length)));
  const last = Math.max(1, units.length - 1);
  return units.map(({ text }, at) => ({
    centrality: centrality[at] as number,
    recurrence: recurrence[at] as number,
    substance: substance[at] as number,
    first: Number(at === 0),
    late: at / last,
    announcing: Number(announces(text)),
  }));
}

/** The weighted sum of each sentence's features. */
export function salienceOf(features: readonly Features[], own: Weights): number[] {
  return features.map((each) => {
    let total = 0;
    for (const name of Object.keys(own) as (keyof Features)[]) total += own[name] * each[name];
    return total;
  });
}

/** The mean cosine of each sentence with the others: one product with the sum of all. */
function centralities(units: readonly Unit[]): number[] {
  const total = sum(units.map(({ vector }) => vector));
  const others = Math.max(1, units.length - 1);
  return units.map(({ vector }) => Math.max(0, (dot(vector, total) - dot(vector, vector)) / others));
}

function recurrences(words: string[][]): number[] {
  const counts = new Map<string, number>();
  for (const word of words.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  return words.map((each) =>
    Math.log1p(each.reduce((all, word) => all + (counts.get(word) as number) - 1, 0)),
  );
}

function besideLargest(values: number[]): number[] {
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  return values.map((value) => (largest > 0 ? value / largest : 1));
}
