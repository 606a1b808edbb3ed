import { setTimeout as pause } from 'node:timers/promises';
import type { ParlanceError } from '#contracts';
import { Circuit } from './circuit.ts';
import { failureOf, isAnswer, isRefusal, unreachable, wasRefusedConnection } from './failures.ts';
import type { RemoteReply, RemoteRequest, Transport } from './transport.ts';

/** Tries of one request in all, and the longest pause before the second. */
const tries = 3;
const firstPauseMs = 200;
/** Callers may have less patience than a good server needs: only a silence of this length says something about the server. */
const tellingSilenceMs = 10_000;

/** The server of one model: asks it, tries again where that is safe, and leaves it alone when it is down. */
export class Endpoint {
  readonly #model: string;
  readonly #transport: Transport;
  readonly #circuit: Circuit;

  /** @param model the id by which callers know the model: nothing they are told has the address in it */
  constructor(model: string, transport: Transport, circuit = new Circuit()) {
    this.#model = model;
    this.#transport = transport;
    this.#circuit = circuit;
  }

  get model(): string {
    return this.#model;
  }

  /**
   * The reply when it is an answer, or a refusal of what was sent (`isRefusal`). A refused connection and status 503 are tried again
   * after a random pause, as long as `signal` allows.
   * @throws ParlanceError as `failureOf` and `unreachable`; the reason of `signal`, which must be one; `model_unavailable` at once
   * while the server is left alone
   */
  async call(request: RemoteRequest, signal: AbortSignal): Promise<RemoteReply> {
    this.#circuit.enter();
    const startedAt = performance.now();
    try {
      const reply = await this.#callPatiently(request, signal);
      this.#circuit.succeeded();
      return reply;
    } catch (error) {
      if (isOutage(error as ParlanceError, performance.now() - startedAt)) {
        this.#circuit.failed(error as ParlanceError);
      }
      throw error;
    }
  }

  async #callPatiently(request: RemoteRequest, signal: AbortSignal): Promise<RemoteReply> {
    for (let attempt = 1; ; attempt++) {
      const { reply, failure, again } = await this.#callOnce(request, signal);
      if (reply) return reply;
      if (!again || attempt === tries) throw failure;
      await pause(Math.random() * firstPauseMs * 2 ** (attempt - 1), undefined, { signal }).catch(() => {});
      signal.throwIfAborted();
    }
  }

  async #callOnce(request: RemoteRequest, signal: AbortSignal) {
    try {
      const reply = await this.#transport(request, signal);
      if (isAnswer(reply) || isRefusal(reply)) return { reply };
      return { failure: failureOf(this.#model, reply), again: reply.status === 503 };
    } catch (cause) {
      signal.throwIfAborted();
      return { failure: unreachable(this.#model, cause), again: wasRefusedConnection(cause) };
    }
  }
}

/** True for what another caller would meet as well, whatever they ask. */
function isOutage({ code, details }: ParlanceError, elapsedMs: number): boolean {
  if (code === 'timeout') return elapsedMs >= tellingSilenceMs;
  return (code === 'model_unavailable' || code === 'provider_failed') && details.retryAfter !== undefined;
}
