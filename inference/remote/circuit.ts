import { ParlanceError } from '#contracts';

/** Failures in a row after which a server is left alone for a while. */
const patience = 3;
const shortestPauseMs = 1_000;
const longestPauseMs = 30_000;

/**
 * Spares callers the wait for a server that does not answer, and the server callers that cannot be helped: after some failures in
 * a row everybody is refused at once for a time that doubles; then one caller tries for all (Nygard 2007, circuit breaker).
 */
export class Circuit {
  readonly #now: () => number;
  #failures = 0;
  #pauseMs = 0;
  #closedUntil = 0;
  /** One caller tries for all. */
  #trying = false;
  #last = '';

  /** @param now milliseconds on a clock that only goes forward */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /**
   * Asked before each try.
   * @throws ParlanceError `model_unavailable` with the last failure, while the server is left alone
   */
  enter(): void {
    if (this.#failures < patience) return;
    const leftMs = this.#closedUntil - this.#now();
    if (leftMs > 0) {
      throw new ParlanceError('model_unavailable', this.#last, {
        details: { retryAfter: Math.ceil(leftMs / 1000) },
      });
    }
    // This caller tries; the others wait until it knows more.
    this.#closedUntil = this.#now() + this.#pauseMs;
    this.#trying = true;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#pauseMs = 0;
    this.#trying = false;
  }

  failed({ message }: ParlanceError): void {
    this.#failures++;
    this.#last = message;
    // Those that were on their way when the server was left alone say nothing new of it.
    if (this.#failures < patience || (this.#failures > patience && !this.#trying)) return;
    this.#trying = false;
    this.#pauseMs = Math.min(Math.max(shortestPauseMs, this.#pauseMs * 2), longestPauseMs);
    this.#closedUntil = this.#now() + this.#pauseMs;
  }
}
