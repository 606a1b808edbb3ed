/** What a step is asked for. */
export interface Wanted {
  /** How many of the likeliest tokens of each row. */
  count: number;
  /** Whether log probabilities are needed; without them only the order is right. */
  scored: boolean;
  /** Never among them. */
  banned: readonly number[];
  /** Changes the logits of a row before they are ranked. */
  adjust?: ((logits: Float32Array, row: number) => void) | undefined;
}

/** Of each row the likeliest next tokens, best first: rows × count. */
export interface Likeliest {
  tokens: Int32Array;
  /** Natural logarithms. */
  logProbabilities: Float32Array;
}

/** A decoder in the middle of writing: some rows, each with what it has written so far. */
export interface Decoder {
  readonly rows: number;
  /** Reads the next tokens of every row, as many for each, row after row, and tells what may follow. */
  step(tokens: Int32Array, wanted: Wanted): Promise<Likeliest>;
  /** Goes on with these of its rows, in this order, some of them perhaps several times. Rows of one text stay beside one another. */
  keep(rows: Int32Array): void;
}

/** A model that reads a text and writes another. */
export interface Seq2seq {
  /** Reads texts, given by their tokens, all at once. */
  read(texts: readonly (readonly number[])[]): Promise<Decoder>;
}

/** One way to end an output. */
export interface Hypothesis {
  /** Without what it began with, and without its end. */
  tokens: number[];
  /** The sum of log probabilities, end included, divided by length ** lengthPenalty; 0 for greedy search, which asks for none. */
  score: number;
}
