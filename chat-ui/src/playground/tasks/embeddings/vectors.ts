import type { EmbeddingsResult } from '#contracts';

/** The numbers of a result, whichever way they were encoded. */
export function vectorOf({ vector }: EmbeddingsResult): number[] {
  if (typeof vector !== 'string') return vector;
  const bytes = Uint8Array.from(atob(vector), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Array.from({ length: bytes.length / 4 }, (_, index) => view.getFloat32(index * 4, true));
}

const dot = (a: number[], b: number[]): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

export const lengthOf = (vector: number[]): number => Math.sqrt(dot(vector, vector));

/** Cosine of the angle between two vectors, −1…1; 0 when either has no length. */
export function cosine(a: number[], b: number[]): number {
  const lengths = lengthOf(a) * lengthOf(b);
  return lengths ? dot(a, b) / lengths : 0;
}

export interface Pair {
  a: number;
  b: number;
  similarity: number;
}

/** Every two different texts, the most alike first. */
export function pairsOf(vectors: number[][]): Pair[] {
  const pairs = vectors.flatMap((first, a) =>
    vectors
      .slice(a + 1)
      .map((second, offset) => ({ a, b: a + 1 + offset, similarity: cosine(first, second) })),
  );
  return pairs.sort((x, y) => y.similarity - x.similarity);
}
