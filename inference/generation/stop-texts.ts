/**
 * Finds the first of some texts in a text that comes in pieces, also where it lies across several: the first to be complete, and of those
 * that end together the longest, so that it makes no difference how the text is cut. What may be the beginning of one is held back
 * until it is known not to be.
 */
export class StopTexts {
  readonly #stop: readonly string[];
  #held = '';

  /** @param stop none of them empty */
  constructor(stop: readonly string[]) {
    this.#stop = stop;
  }

  /** What can be said now that this piece is there; `stopped` when it is the last before one of the texts. */
  take(piece: string): { text: string; stopped: boolean } {
    const text = this.#held + piece;
    const first = this.#stop
      .map((each) => ({ from: text.indexOf(each), length: each.length }))
      .filter(({ from }) => from >= 0)
      .sort((a, b) => a.from + a.length - (b.from + b.length) || a.from - b.from)[0];
    const safe = first ? first.from : text.length - this.#openEnd(text);
    this.#held = text.slice(safe);
    return { text: text.slice(0, safe), stopped: first !== undefined };
  }

  /** What is still held back, when no more will come. */
  get rest(): string {
    return this.#held;
  }

  /** How many characters at the end of a text may be the beginning of a stop text. */
  #openEnd(text: string): number {
    let most = 0;
    for (const each of this.#stop) {
      for (let length = Math.min(each.length - 1, text.length); length > most; length--) {
        if (each.startsWith(text.slice(-length))) most = length;
      }
    }
    return most;
  }
}
