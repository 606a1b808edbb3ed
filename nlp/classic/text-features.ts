import type { SparseRow } from './logistic.ts';

/** What a text says word by word, beside what it means: words, pairs of words and runs of three to five letters. */
export interface TextFeatureSettings {
  /** Buckets that the n-grams are hashed to. */
  buckets: number;
  /** Length of the part of a row that is n-grams; the embedding has length 1. */
  weight: number;
}

/**
 * The embedding first, then hashed n-grams (Weinberger et al. 2009, "Feature hashing"), each text's scaled to one length.
 * @param vector of unit length
 */
export function featuresOf(
  text: string,
  vector: Float32Array,
  { buckets, weight }: TextFeatureSettings,
): SparseRow {
  const counts = new Map<number, number>();
  if (buckets > 0)
    for (const gram of gramsOf(text)) {
      const bucket = hashOf(gram) % buckets;
      counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
    }
  const values = [...counts.values()].map((count) => 1 + Math.log(count));
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1;
  const at = new Uint32Array(vector.length + counts.size);
  const value = new Float32Array(at.length);
  for (let unit = 0; unit < vector.length; unit++) {
    at[unit] = unit;
    value[unit] = vector[unit] as number;
  }
  let next = vector.length;
  for (const bucket of counts.keys()) {
    at[next] = vector.length + bucket;
    value[next] = ((values[next - vector.length] as number) * weight) / length;
    next++;
  }
  return { at, value };
}

/** The same words count the same whatever their case. */
function* gramsOf(text: string): Generator<string> {
  const words =
    text
      .toLowerCase()
      .normalize('NFKC')
      .match(/[\p{L}\p{M}\p{N}']+/gu) ?? [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    yield word;
    const next = words[at + 1];
    if (next !== undefined) yield `${word} ${next}`;
  }
}

/** FNV-1a over code units. */
function hashOf(gram: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < gram.length; at++) hash = Math.imul(hash ^ gram.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
