const segmenter = new Intl.Segmenter();

/**
 * The text of tokens that come one after the other. A token may be a part of a character (some bytes of it, a mark that combines, half a
 * flag): what is told ends where a character does, for whoever shows it (a grapheme cluster, Unicode Standard Annex 29).
 */
export class Spelling {
  readonly #decode: (tokens: readonly number[]) => string;
  readonly #endWithin: (tokens: readonly number[]) => boolean;
  #tokens: number[] = [];
  /** How much of the text of `#tokens` was told. */
  #told = 0;

  /**
   * @param decode the text of a list of tokens; U+FFFD for an unfinished character at its end
   * @param endWithin whether a list of tokens ends within a character: what they wrote may be U+FFFD as well
   */
  constructor(
    decode: (tokens: readonly number[]) => string,
    endWithin: (tokens: readonly number[]) => boolean,
  ) {
    this.#decode = decode;
    this.#endWithin = endWithin;
  }

  /** The characters that are whole now. */
  take(token: number): string {
    this.#tokens.push(token);
    const text = this.#decode(this.#tokens);
    const open = text.slice(this.#told).replace(/\uFFFD{1,3}$/, '');
    const whole = open.slice(0, startOfLast(open));
    this.#told += whole.length;
    this.#forget(text);
    return whole;
  }

  /** What was not told, when no more will come, without a character that was not finished. */
  get rest(): string {
    if (this.#tokens.length === 0) return '';
    const open = this.#decode(this.#tokens).slice(this.#told);
    return this.#endWithin(this.#tokens) ? open.replace(/\uFFFD$/, '') : open;
  }

  /** Keeps only so many tokens that the next can be spelled in their company: a decoder may look at the one before. */
  #forget(text: string): void {
    const last = this.#tokens.slice(-keptTokens);
    if (this.#tokens.length < 2 * keptTokens) return;
    const kept = this.#decode(last);
    if (!text.endsWith(kept) || text.length - this.#told > kept.length) return;
    this.#told = kept.length - (text.length - this.#told);
    this.#tokens = last;
  }
}

const keptTokens = 16;

/** Where the last character begins: it may go on. */
function startOfLast(text: string): number {
  let last = 0;
  for (const { index } of segmenter.segment(text)) last = index;
  return last;
}
