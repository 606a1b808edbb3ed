import type { ModelCard } from '#contracts';
import type { Session } from './engine.ts';
import type { Tokenizer } from './tokenizer.ts';

/** A model as a worker holds it. */
export interface LoadedModel {
  card: ModelCard;
  session: Session;
  tokenizer: Tokenizer;
}

/** One answered input. `tokens` is what the model read, special tokens included. */
export interface KernelOutput<O = unknown> {
  value: O;
  tokens: number;
  truncated: boolean;
}

/** What one call of a kernel did. Times are milliseconds. */
export interface KernelBatch<O = unknown> {
  outputs: KernelOutput<O>[];
  tokenizeMs: number;
  runMs: number;
  paddedTokens: number;
}

/**
 * The part of a task that runs inside a worker, beside the session: from raw inputs to raw outputs (probabilities, a
 * vector). `passTokens` bounds one forward pass in padded tokens. Outputs keep the order of the inputs.
 */
export interface Kernel<I = unknown, O = unknown> {
  readonly name: string;
  run(model: LoadedModel, inputs: I[], passTokens: number): Promise<KernelBatch<O>>;
}

export type KernelRegistry = Record<string, Kernel<never>>;
