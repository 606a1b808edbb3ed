import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import { ParlanceError } from '#contracts';
import { FakeBackend } from '../../rows/fake-backend.ts';
import { newWriter, type OutputFormat } from '../../rows/output.ts';
import type { Row } from '../../rows/row.ts';
import { type RunParts, runRows } from './run.ts';

// 200,000 rows with the garbage collected every 20,000: nothing here depends on how fast.
vi.setConfig({ testTimeout: 120_000 });

async function* rowsOf(texts: Iterable<string | undefined>): AsyncGenerator<Row> {
  let line = 1;
  for (const text of texts) yield { line: line++, names: ['text'], values: [text], text };
}

function* numbered(count: number, onTake: (index: number) => void = () => {}) {
  for (let index = 0; index < count; index++) {
    onTake(index);
    yield `text ${index}`;
  }
}

/** Runs over the texts and keeps what was written. */
function start(
  texts: Iterable<string | undefined>,
  over: Partial<RunParts<'sentiment'>> & { format?: OutputFormat } = {},
) {
  const stop = new AbortController();
  const output: string[] = [];
  const summary = runRows({
    input: { rows: rowsOf(texts) },
    backend: new FakeBackend(),
    task: 'sentiment',
    options: {},
    writer: newWriter(over.format ?? 'csv', { delimiter: ',', width: 100 }),
    sink: { write: async (text) => void output.push(text), close: async () => {} },
    progress: { bytes: () => {}, rows: () => {}, stop: () => {} },
    signal: stop.signal,
    ...over,
  });
  return { summary, stop, lines: () => output.join('').trimEnd().split('\n') };
}

describe('runRows', () => {
  it('writes rows in the order they came, also when calls overtake one another', async () => {
    const backend = new FakeBackend(async (texts) => void (await sleep(texts[0] === 'text 0' ? 50 : 0)));
    const { summary, lines } = start(numbered(100), { backend });
    expect(await summary).toMatchObject({ written: 100, failed: 0, interrupted: false });
    expect(
      lines()
        .slice(1)
        .map((line) => line.split(',')[0]),
    ).toEqual([...numbered(100)]);
    expect(lines()[0]).toBe('text,sentiment_label,sentiment_score,negative,neutral,positive,error');
  });

  it('gives a row that fails its error and the others their results', async () => {
    const backend = new FakeBackend(async (texts) => {
      if (texts.includes('bad')) throw new ParlanceError('invalid_input', 'This one is bad.');
    });
    const { summary, lines } = start(['good', 'bad', undefined, 'fine'], { backend });
    expect(await summary).toMatchObject({ written: 4, failed: 2 });
    expect(lines().slice(1)).toEqual([
      'good,positive,5,0,0,1,',
      'bad,,,,,,invalid_input: This one is bad.',
      ',,,,,,invalid_input: The row has no text.',
      'fine,neutral,0,0,1,0,',
    ]);
  });

  it('ends where a model is left alone, however long it says for', async () => {
    let seconds = 30;
    const backend = new FakeBackend(async () => {
      throw new ParlanceError('model_unavailable', `It is tried again in ${seconds--} s.`);
    });
    await expect(start(numbered(100), { backend }).summary).rejects.toThrow('tried again');
  });

  it('ends at a failure of the service and keeps what was written whole', async () => {
    const backend = new FakeBackend(async (texts) => {
      if (texts[0] !== 'text 0') throw new ParlanceError('unauthorized', 'No key.');
    });
    const { summary, lines } = start(numbered(500), { backend, format: 'json' });
    await expect(summary).rejects.toThrow('No key.');
    expect(JSON.parse(lines().join('\n'))).toHaveLength(32);
    expect(backend.calls).toBeLessThanOrEqual(6);
  });

  it('stops at the signal with whole rows and a closed output', async () => {
    const backend = new FakeBackend(async (texts, signal) => {
      if (texts[0] === 'text 320') run.stop.abort();
      if (signal.aborted) throw new ParlanceError('cancelled', 'The call was cancelled.');
    });
    const run = start(numbered(10_000), { backend, format: 'json' });
    const summary = await run.summary;
    expect(summary.interrupted).toBe(true);
    expect(summary.written).toBeGreaterThan(0);
    expect(JSON.parse(run.lines().join('\n'))).toHaveLength(summary.written);
  });

  it('reads no further ahead than the calls in flight when the output is slow', async () => {
    let taken = 0;
    let written = 0;
    let ahead = 0;
    const sink = {
      write: async (text: string) => {
        await sleep(1);
        written += text.split('\n').length - 1;
        ahead = Math.max(ahead, taken - written);
      },
      close: async () => {},
    };
    await start(
      numbered(5000, () => taken++),
      { sink },
    ).summary;
    expect(ahead).toBeLessThanOrEqual(32 * 6);
  });

  it('holds no more of a long stream at its end than at its beginning', async () => {
    const heap: number[] = [];
    let written = 0;
    const sink = {
      write: async (text: string) => {
        written += text.split('\n').length - 1;
        // Every 20,000 rows; collected garbage does not count.
        if (written > (heap.length + 1) * 20_000) heap.push(liveBytes());
      },
      close: async () => {},
    };
    await start(numbered(200_000), { sink }).summary;
    expect(heap.length).toBeGreaterThanOrEqual(9);
    const growth = Math.max(...heap.slice(1)) - (heap[0] ?? 0);
    expect(growth).toBeLessThan(8 * 1024 * 1024);
  });
});

// Without a collection first, the figure would be whatever garbage happens to lie about.
setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

function liveBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
