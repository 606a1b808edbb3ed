/**
 * Keeps this process from sleeping while it expects to be called in a moment. Waking a sleeping process takes a good part
 * of a millisecond and finds cold caches: a caller who sends one text after the other would pay that at every hop. The
 * event loop asks for messages without pause until the time is over, and handles whatever comes as always.
 */
export class Lookout {
  #until = 0;
  #looking = false;

  /** Looks out for `ms` milliseconds from now, instead of what was left of an earlier call. */
  begin(ms: number): void {
    this.#until = performance.now() + ms;
    if (this.#looking) return;
    this.#looking = true;
    setImmediate(this.#look);
  }

  end(): void {
    this.#until = 0;
  }

  readonly #look = () => {
    this.#looking = performance.now() < this.#until;
    if (this.#looking) setImmediate(this.#look);
  };
}
