import type { Sample } from '#contracts';
import type { Json } from './json.ts';

/** What a target says when nothing goes wrong. */
export interface Reply {
  output: Json;
  tokens?: number;
  /** US dollars. */
  cost?: number;
}

/** Whatever a suite can be put to. Nothing it answers may come from a cache: a repeat asks again. */
export interface Target {
  readonly name: string;
  /** Exactly which model or version answered, once that is known. */
  readonly revision: string | null;
  /** Throws a `ParlanceError`; what else it throws counts as `internal`. */
  ask(sample: Sample, signal: AbortSignal): Promise<Reply>;
  close?(): Promise<void>;
}
