import type { Lane } from './batcher.ts';
import type { KernelInput, KernelOutput } from './kernel.ts';

/** Inputs for one model on behalf of one caller. */
export interface InferenceRequest {
  model: string;
  inputs: KernelInput[];
  tenant: string;
  lane: Lane;
  /** True for further work of a request that was taken before: it is not refused half way. */
  admitted?: boolean | undefined;
  /** Aborting drops what is still queued, and leaves off what is being written. */
  signal?: AbortSignal | undefined;
  /** Milliseconds from now after which the work is given up; 30,000 when left out. */
  timeoutMs?: number | undefined;
  /** Hears what the output of an input will be, piece by piece, from models that write. */
  onPiece?: ((index: number, text: string) => void) | undefined;
}

/** `queueMs` is the longest wait, `inferenceMs` the summed time of the batches until the inputs were answered. */
export interface InferenceReply {
  outputs: KernelOutput[];
  queueMs: number;
  inferenceMs: number;
}

/** Where tasks send inputs. The pool of forked workers implements it; so may a remote server. */
export interface Runtime {
  /**
   * Runs every input through the model's kernel; outputs are in the order of the inputs.
   * @throws ParlanceError `overloaded`, `timeout`, `cancelled`, `model_unavailable`
   */
  infer(request: InferenceRequest): Promise<InferenceReply>;
}
