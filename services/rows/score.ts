import {
  asParlanceError,
  type ErrorCode,
  type ModelUsed,
  type ParlanceError,
  type TaskName,
  type TaskUsage,
} from '#contracts';
import type { Backend, TaskItems, TaskOptions } from './backend.ts';
import { inChunks, mapOrdered } from './ordered.ts';
import type { Row } from './row.ts';

/** Texts in one call: enough for full batches, small enough that four in flight fit any queue. */
const chunkSize = 32;
const callsInFlight = 4;

/** Failures that may belong to a text: some end the process of their model. Any other would meet every text alike and ends the run. */
const textFailures = new Set<ErrorCode>([
  'invalid_input',
  'too_large',
  'unsupported',
  'content_blocked',
  'timeout',
  'model_unavailable',
]);

export interface ScoredRow<N extends TaskName> {
  row: Row;
  item: TaskItems<N>[number];
}

export interface Scored<N extends TaskName> {
  rows: ScoredRow<N>[];
  failed: number;
  usage: TaskUsage;
  /** What answered; undefined where no row had a text. */
  model: ModelUsed | undefined;
}

/**
 * Runs a task over rows, a few calls at a time, in order and in constant memory. A text that fails becomes a row with
 * `error`; what meets all texts of a call alike, a failure of the service, and the signal throw.
 */
export function score<N extends TaskName>(
  rows: AsyncIterable<Row>,
  backend: Pick<Backend, 'run'>,
  task: N,
  options: TaskOptions<N>,
  signal: AbortSignal,
): AsyncIterable<Scored<N>> {
  return mapOrdered(inChunks(rows, chunkSize), callsInFlight, async (chunk) => {
    const texts = chunk.map((row) => row.text).filter((text): text is string => text !== undefined);
    const { items, ...answer } = await call(backend, task, texts, options, signal);
    let next = 0;
    const finished = chunk.map((row): ScoredRow<N> => {
      const item = row.text === undefined ? withoutText : items[next++];
      if (!item) throw new Error('The answer has fewer results than the call had texts.');
      return { row, item };
    });
    return { ...answer, rows: finished, failed: finished.filter(({ item }) => 'error' in item).length };
  });
}

const withoutText = { error: { code: 'invalid_input' as const, detail: 'The row has no text.' } };

type Answer<N extends TaskName> = Pick<Scored<N>, 'usage' | 'model'> & { items: TaskItems<N> };
const unused: TaskUsage = { inputTokens: 0, outputTokens: 0, truncated: false };

/** One call; when it is refused because of a text in it, each text alone, so that one bad row costs only itself. */
async function call<N extends TaskName>(
  backend: Pick<Backend, 'run'>,
  task: N,
  texts: string[],
  options: TaskOptions<N>,
  signal: AbortSignal,
): Promise<Answer<N>> {
  if (texts.length === 0) return { items: [], usage: unused, model: undefined };
  let refusal: ParlanceError;
  try {
    const { results, usage, model } = await backend.run(task, texts, options, signal);
    return { items: results, usage, model };
  } catch (thrown) {
    const error = asParlanceError(thrown);
    refusal = error;
    if (!textFailures.has(error.code)) throw thrown;
    if (texts.length === 1)
      return {
        items: [{ error: { code: error.code, detail: error.message } }],
        usage: unused,
        model: undefined,
      };
  }
  const whole: Answer<N> = { items: [], usage: { ...unused }, model: undefined };
  for (const text of texts) {
    const { items, usage, model } = await call(backend, task, [text], options, signal);
    whole.items.push(...items);
    whole.usage = sumOf(whole.usage, usage);
    whole.model = model ?? whole.model;
  }
  const alike = whole.items.every((item) => 'error' in item && isSame(item.error, refusal));
  // A deadline is met by one text after the other, and a later one may do better.
  if (alike && refusal.code !== 'timeout') throw refusal;
  return whole;
}

/** A model that is left alone says for how long, and each time another number of seconds. */
const isSame = (error: { code: ErrorCode; detail: string }, refusal: ParlanceError): boolean =>
  error.code === refusal.code && (error.code === 'model_unavailable' || error.detail === refusal.message);

/** What two calls used together. */
export const sumOf = (a: TaskUsage, b: TaskUsage): TaskUsage => ({
  inputTokens: a.inputTokens + b.inputTokens,
  outputTokens: a.outputTokens + b.outputTokens,
  truncated: a.truncated || b.truncated,
});
