import type { ModelCard } from '#contracts';
import type { Session } from './engine.ts';
import type { GenerationConfig } from './generation/config.ts';
import type { Seq2seq } from './generation/decoder.ts';
import type { Speaker } from './generation/speaker.ts';
import type { Progress } from './progress.ts';
import type { Tokenizer } from './tokenizer.ts';

/** A model as a worker holds it. */
export interface LoadedModel {
  card: ModelCard;
  session: Session;
  tokenizer: Tokenizer;
  /** Of models that write. */
  writer?: { model: Seq2seq; config: GenerationConfig };
  /** Of models that can be talked to. */
  speaker?: Speaker;
}

/** A conversation to be answered, in at most so many tokens. */
export interface ConversationInput {
  readonly messages: readonly { readonly role: 'system' | 'user' | 'assistant'; readonly text: string }[];
  readonly maxTokens?: number | undefined;
}

/** A text or a conversation, with what its kernel must know beside it. Plain JSON: it crosses to another process. */
export type KernelInput = string | { readonly text: string } | ConversationInput;

/** One answered input. `tokens` is what the model read, special tokens included; `written` what it wrote, if it writes. */
export interface KernelOutput<O = unknown> {
  value: O;
  tokens: number;
  written?: number;
  truncated: boolean;
}

/** What one forward pass gave. `rows` says which inputs its outputs answer. Times are milliseconds. */
export interface KernelPass<O = unknown> {
  rows: number[];
  outputs: KernelOutput<O>[];
  /** Of the whole call, in its first pass; 0 in the others. */
  tokenizeMs: number;
  runMs: number;
  paddedTokens: number;
  /** Passes still to come. */
  remaining: number;
}

/**
 * The part of a task that runs inside a worker, beside the session: from raw inputs to raw outputs (probabilities, a
 * vector). `passTokens` bounds one forward pass in padded tokens. Yields each pass as soon as it is done, so that its
 * callers need not wait for the others; every input is answered by exactly one. One that writes awaits a turn of `progress`
 * between two steps and leaves off rows that nobody waits for.
 */
export interface Kernel<I = unknown, O = unknown> {
  readonly name: string;
  run(model: LoadedModel, inputs: I[], passTokens: number, progress: Progress): AsyncIterable<KernelPass<O>>;
}

export type KernelRegistry = Record<string, Kernel<never>>;
