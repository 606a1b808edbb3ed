import type { SearchHit } from '#contracts';

const rules = new Intl.PluralRules('en-GB', { type: 'ordinal' });
const endings: Record<Intl.LDMLPluralRule, string> = {
  zero: 'th',
  one: 'st',
  two: 'nd',
  few: 'rd',
  many: 'th',
  other: 'th',
};

/** 1st, 2nd, 3rd, 4th, 11th. */
export const ordinal = (place: number): string => `${place}${endings[rules.select(place)]}`;

const placed = (place: number, by: string): string => `${place === 1 ? 'best' : ordinal(place)} by ${by}`;

/** Why a passage was found, such as "best by meaning, 4th by words". */
export function reasonOf({ vectorRank, textRank }: Pick<SearchHit, 'vectorRank' | 'textRank'>): string {
  if (vectorRank === null && textRank === null) return 'among neither list';
  if (textRank === null) return `${placed(vectorRank ?? 0, 'meaning')}, not among the best by words`;
  if (vectorRank === null) return `${placed(textRank, 'words')}, not among the best by meaning`;
  return vectorRank === textRank
    ? `${vectorRank === 1 ? 'best' : ordinal(vectorRank)} by meaning and by words`
    : `${placed(vectorRank, 'meaning')}, ${placed(textRank, 'words')}`;
}

/** Each hit's place, from 1, when both lists are put together; by passage. */
export function fusedPlaces(hits: SearchHit[]): Map<string, number> {
  const ordered = [...hits].sort((a, b) => b.fused - a.fused);
  return new Map(ordered.map((hit, index) => [hit.passage.id, index + 1]));
}

/** Where the scale of the bars ends: high enough for every hit and the line. */
export function scaleOf(hits: SearchHit[], threshold: number): number {
  return Math.max(1, threshold, ...hits.map((hit) => hit.evidence));
}

/** Cut, not rounded: what misses the line must not be shown as reaching it. */
export const formatEvidence = (evidence: number): string =>
  (Math.floor(evidence * 100 + 1e-9) / 100).toFixed(2);
