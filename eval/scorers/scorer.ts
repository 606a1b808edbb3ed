import type { z } from 'zod';
import type { Answer, ConfusionMatrix, Sample } from '#contracts';
import type { Measured } from '../metrics/metric.ts';
import type { Json } from '../run/json.ts';
import type { Wording } from '../statistics/words.ts';

/** What was said to one sample, as far as a scorer looks: `output` is the part of the answer that the suite points at. */
export interface Said {
  sample: Sample;
  /** What would be right, as far as the scorer looks. */
  expected: Json;
  output: Json;
  answer: Answer;
}

/** What scorers may ask for beside the answer. A run that has none of what a suite's scorers need is refused before it starts. */
export interface ScorerTools {
  /** One unit vector for each text. */
  embed?: (texts: string[]) => Promise<number[][]>;
  /** What a language model answers to a prompt; never the target itself. */
  ask?: (prompt: string) => Promise<string>;
}

/**
 * One way to judge answers. Judging happens once for each answer and yields evidence, which is kept and is plain JSON;
 * measuring happens on all evidence at once, as often as intervals and slices need it.
 */
export interface Scorer<O = unknown, E extends Json = Json> {
  readonly name: string;
  /** One line for the schema and the pages. */
  readonly summary: string;
  readonly options: z.ZodType<O>;
  /** How differences are written; as hundredths in points unless said. */
  readonly wording?: Wording;
  readonly needs?: keyof ScorerTools;
  /** What a suite gives it can keep a process busy for ever: only for suites that the operator wrote. */
  readonly trusted?: true;
  /**
   * Null leaves the answer out of this metric. Throws `invalid_input` when what the row expects is not of the kind that this
   * scorer compares with.
   */
  judge(said: Said, options: O, tools: ScorerTools): E | null | Promise<E | null>;
  /** What an answer that is an error counts as: as a rule, wrong. Null leaves it out of this metric, as for its latency. */
  missed(asked: Omit<Said, 'output'>, options: O): E | null;
  measure(evidence: E[], options: O): Measured;
  /** Why an answer scored as it did, where the number does not say it. */
  reason?(evidence: E, options: O): string | undefined;
  matrix?(evidence: E[], options: O): ConfusionMatrix;
}

/** Lets the compiler find the types of a scorer from its parts. */
export const defineScorer = <O, E extends Json>(scorer: Scorer<O, E>): Scorer<O, E> => scorer;
