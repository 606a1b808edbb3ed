import type { Aggregation } from '#contracts';
import {
  encodeRows,
  type Kernel,
  type KernelOutput,
  type LoadedModel,
  type PlacedTokens,
  type RowPass,
} from '#inference';
import { spansOf, type TaggedSpan } from '../entities/aggregate.ts';
import { softmax } from './sequence-classification.ts';

/** A text whose parts are to be named. */
export interface Tagging {
  readonly text: string;
  readonly aggregation?: Aggregation | undefined;
}

/** How much of a window the next one reads again, so that what stands at a border is read with both its sides. */
const overlap = 1 / 4;

/** A stretch of tokens that is read at once, and which of them are judged by it. */
interface Window {
  from: number;
  to: number;
  judgedFrom: number;
  judgedTo: number;
}

/** A text that is being read. */
interface Reading extends Tagging {
  tokens: PlacedTokens;
  /** Tokens × labels. */
  probabilities: Float32Array;
  /** Windows that are still to be read. */
  left: number;
}

/**
 * Spans of a text by a token classifier. A text longer than the model reads is read in overlapping windows: each token is judged by the one
 * that sees more on both its sides, and words and spans are made of all tokens together, so that no border cuts one.
 */
export const tokenClassification: Kernel<string | Tagging, TaggedSpan[]> = {
  name: 'token-classification',
  async *run(model, inputs, passTokens) {
    const started = performance.now();
    const { before, after } = model.tokenizer.frame;
    const labels = model.card.labels ?? [];
    const readings = inputs.map((input) => read(model, input, labels.length));
    const room = model.card.maxTokens - before.length - after.length;
    if (room < 1) throw new Error(`${model.card.id} has no room for a token between its special ones`);
    const windows = readings.flatMap((reading) => {
      const found = windowsOf(reading.tokens.ids.length, room);
      reading.left = found.length;
      return found.map((window) => ({ reading, window }));
    });
    const rows = windows.map(({ reading, window }) => ({
      ids: [...before, ...reading.tokens.ids.slice(window.from, window.to), ...after],
    }));
    let spent = { tokenizeMs: performance.now() - started, runMs: 0, paddedTokens: 0 };
    for await (const pass of encodeRows(model, rows, passTokens, 'logits')) {
      const from = performance.now();
      const done = pass.places.flatMap((place, row) => {
        const { reading, window } = windows[place] as (typeof windows)[number];
        judge(reading, window, pass, row, before.length);
        reading.left--;
        return reading.left === 0 ? [reading] : [];
      });
      const outputs = done.map((reading) => answerOf(reading, labels));
      spent.runMs += pass.runMs + performance.now() - from;
      spent.paddedTokens += pass.paddedTokens;
      // A pass that ends no text is counted with the next; the last one always ends one.
      if (done.length === 0) continue;
      const answered = done.map((reading) => readings.indexOf(reading));
      yield { rows: answered, outputs, ...spent, remaining: pass.remaining };
      spent = { tokenizeMs: 0, runMs: 0, paddedTokens: 0 };
    }
  },
};

function read({ tokenizer }: LoadedModel, input: string | Tagging, labels: number): Reading {
  const tagging = typeof input === 'string' ? { text: input } : input;
  const tokens = tokenizer.places(tagging.text);
  return { ...tagging, tokens, probabilities: new Float32Array(tokens.ids.length * labels), left: 0 };
}

/** Windows of at most `room` tokens, one at least; neighbours share a quarter of one and judge half of that each. */
export function windowsOf(length: number, room: number): Window[] {
  const shared = Math.floor(room * overlap);
  const windows: Window[] = [];
  for (let from = 0; from === 0 || from + shared < length; from += room - shared) {
    const to = Math.min(from + room, length);
    const last = to === length;
    const half = Math.floor(shared / 2);
    windows.push({
      from,
      to,
      judgedFrom: from === 0 ? 0 : from + half,
      judgedTo: last ? to : to - shared + half,
    });
  }
  return windows;
}

/** Takes over what a pass says of the tokens that a window judges. */
function judge({ probabilities }: Reading, window: Window, pass: RowPass, row: number, offset: number): void {
  const labels = pass.output.data.length / (pass.rows * pass.columns);
  const logits = pass.output.data as Float32Array;
  for (let token = window.judgedFrom; token < window.judgedTo; token++) {
    const from = (row * pass.columns + offset + token - window.from) * labels;
    probabilities.set(softmax(logits.subarray(from, from + labels)), token * labels);
  }
}

function answerOf(reading: Reading, labels: readonly string[]): KernelOutput<TaggedSpan[]> {
  const { text, tokens, probabilities, aggregation = 'first' } = reading;
  const { ids, starts, ends } = tokens;
  const value = spansOf(text, { starts, ends, probabilities }, labels, aggregation);
  return { value, tokens: ids.length, truncated: false };
}
