import { asParlanceError, type ErrorCode, type TaskName } from '#contracts';
import type { Backend, TaskItems, TaskOptions } from '../backend/backend.ts';
import type { Row } from '../rows/row.ts';
import type { OutputRow } from '../rows/writer.ts';
import { addedFields } from './columns.ts';
import { inChunks, mapOrdered } from './ordered.ts';

/** Texts in one call: enough for full batches, small enough that four in flight fit any queue. */
const chunkSize = 32;
const callsInFlight = 4;

/** Failures that belong to a text. Any other would meet every text alike and ends the run. */
const textFailures = new Set<ErrorCode>([
  'invalid_input',
  'too_large',
  'unsupported',
  'content_blocked',
  'timeout',
]);

export interface Scored {
  rows: OutputRow[];
  failed: number;
  truncated: boolean;
}

/**
 * Runs a task over rows, a few calls at a time, in order and in constant memory. A text that fails becomes a row with
 * `error`; a failure of the service or the signal throws.
 */
export function score<N extends TaskName>(
  rows: AsyncIterable<Row>,
  backend: Pick<Backend, 'run'>,
  task: N,
  options: TaskOptions<N>,
  signal: AbortSignal,
): AsyncIterable<Scored> {
  return mapOrdered(inChunks(rows, chunkSize), callsInFlight, async (chunk) => {
    const texts = chunk.map((row) => row.text).filter((text): text is string => text !== undefined);
    const { items, truncated } = await call(backend, task, texts, options, signal);
    let next = 0;
    const finished = chunk.map((row): OutputRow => {
      const item = row.text === undefined ? withoutText : items[next++];
      if (!item) throw new Error('The answer has fewer results than the call had texts.');
      return { ...row, added: addedFields(task, item, options) };
    });
    return { rows: finished, failed: finished.filter(hasError).length, truncated };
  });
}

const withoutText = { error: { code: 'invalid_input' as const, detail: 'The row has no text.' } };
const hasError = (row: OutputRow) => row.added.at(-1)?.[1] !== undefined;

/** One call; when it is refused because of a text in it, each text alone, so that one bad row costs only itself. */
async function call<N extends TaskName>(
  backend: Pick<Backend, 'run'>,
  task: N,
  texts: string[],
  options: TaskOptions<N>,
  signal: AbortSignal,
): Promise<{ items: TaskItems<N>; truncated: boolean }> {
  if (texts.length === 0) return { items: [], truncated: false };
  try {
    const response = await backend.run(task, texts, options, signal);
    return { items: response.results, truncated: response.usage.truncated };
  } catch (thrown) {
    const error = asParlanceError(thrown);
    if (!textFailures.has(error.code)) throw thrown;
    if (texts.length === 1) {
      return { items: [{ error: { code: error.code, detail: error.message } }], truncated: false };
    }
  }
  const items: TaskItems<N> = [];
  let truncated = false;
  for (const text of texts) {
    const one = await call(backend, task, [text], options, signal);
    items.push(...one.items);
    truncated ||= one.truncated;
  }
  return { items, truncated };
}
