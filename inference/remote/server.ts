import type { ModelCard, ParlanceError } from '#contracts';
import type { KernelInput, KernelOutput, KernelRegistry } from '../kernel.ts';
import type { Endpoint } from './endpoint.ts';

/** Some inputs answered: an output for each of `rows`, or an error that is about this input alone. */
export interface RemotePart {
  rows: readonly number[];
  outputs: readonly (KernelOutput | ParlanceError)[];
}

/** A model behind an endpoint, in the words of one protocol. */
export interface ModelServer {
  /** Tokens of one call of `answer`, about; a single longer input comes alone. */
  readonly batchTokens: number;
  /**
   * Asks whether the server has the model of the card, and that it is such a model.
   * @throws ParlanceError as `Endpoint.call`, and `model_unavailable` for another model
   */
  check(signal: AbortSignal): Promise<void>;
  /**
   * Answers every input once, in any order and any number of parts.
   * @throws ParlanceError as `Endpoint.call`, on behalf of the inputs that have no answer yet; `provider_failed` for an answer that is none
   */
  answer(inputs: readonly KernelInput[], signal: AbortSignal): AsyncIterable<RemotePart>;
}

export interface RemoteParts {
  card: ModelCard;
  endpoint: Endpoint;
  /** Absolute folder of the card, which has a tokenizer where the server reads tokens. */
  folder: string;
  kernels: KernelRegistry;
}

/** Protocols by the name that cards use as engine. */
export type RemoteRegistry = Record<string, (parts: RemoteParts) => ModelServer>;
