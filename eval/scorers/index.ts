import { accuracy } from './accuracy.ts';

/** Every scorer that a suite can name. A new one is a file and a line here. */
export const scorers = { accuracy } as const;
export type ScorerName = keyof typeof scorers;
