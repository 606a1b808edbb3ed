import { createHash } from 'node:crypto';
import type { SuiteDocument } from '#contracts';

/** JSON with the keys of every object in order, so that the same value always is the same text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

export const sha256Of = (text: string | Uint8Array): string =>
  createHash('sha256').update(text).digest('hex');

/**
 * Of everything in a suite that changes its numbers: rows, scorers with their options, slices, repeats, and the prompt. Gates,
 * titles, the speed of asking and which model is asked are not in it: runs that differ in those can be compared.
 */
export function fingerprintOf({ dataset, answer, scorers, slices, repeats, target }: SuiteDocument): string {
  const { licence: _, origin: __, ...rows } = dataset;
  return sha256Of(canonicalJson({ rows, answer, scorers, slices, repeats, prompt: promptOf(target) }));
}

function promptOf(target: SuiteDocument['target']) {
  if (!target || !('endpoint' in target)) return null;
  const { system, prompt, temperature, maxTokens } = target.endpoint;
  return { system, prompt, temperature, maxTokens };
}
