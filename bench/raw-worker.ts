import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { InferenceSession, Tensor } from 'onnxruntime-node';

/** What the parent asks of a raw process: the model, its threads and for how long. */
export interface RawOrder {
  folder: string;
  texts: string[];
  threads: number;
  batch: number;
  seconds: number;
}

/** `singleMs`: tokenizing one text and one `run()` of it, median; only measured for a batch of one. */
export interface RawReport {
  textsPerSecond: number;
  singleMs: number;
}

/**
 * Bare onnxruntime, as good as a caller could hand-write it: texts tokenized beforehand and sorted by length, batches
 * of one size, nothing between the runs.
 */
process.once('message', async (order: RawOrder) => {
  const read = (name: string) => JSON.parse(readFileSync(join(order.folder, name), 'utf8'));
  const tokenizer = new Tokenizer(read('tokenizer.json'), read('tokenizer_config.json'));
  const session = await InferenceSession.create(join(order.folder, 'onnx/model_quantized.onnx'), {
    intraOpNumThreads: order.threads,
    interOpNumThreads: 1,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  const ids = order.texts.map((text) => tokenizer.encode(text).ids).sort((a, b) => a.length - b.length);
  const feeds: Record<string, Tensor>[] = [];
  for (let at = 0; at + order.batch <= ids.length; at += order.batch) {
    feeds.push(feed(session, ids.slice(at, at + order.batch)));
  }
  for (const each of feeds.slice(0, 3)) await session.run(each);
  process.send?.('warm');
  await new Promise((resolve) => process.once('message', resolve));

  let done = 0;
  const single: number[] = [];
  const started = performance.now();
  const until = started + order.seconds * 1000;
  for (let at = 0; performance.now() < until; at = (at + 1) % feeds.length) {
    if (order.batch === 1) {
      const from = performance.now();
      await session.run(feed(session, [tokenizer.encode(order.texts[at] ?? '').ids]));
      single.push(performance.now() - from);
    } else {
      await session.run(feeds[at] as Record<string, Tensor>);
    }
    done += order.batch;
  }
  const textsPerSecond = (done / (performance.now() - started)) * 1000;
  single.sort((a, b) => a - b);
  process.send?.({ textsPerSecond, singleMs: single[single.length >> 1] ?? 0 } satisfies RawReport, () =>
    process.exit(0),
  );
});

function feed(session: InferenceSession, rows: number[][]): Record<string, Tensor> {
  const width = Math.max(...rows.map((row) => row.length));
  const dims = [rows.length, width];
  const fill = (value: (row: number[], column: number) => number) =>
    new Tensor(
      'int64',
      BigInt64Array.from(
        rows.flatMap((row) => Array.from({ length: width }, (_, column) => BigInt(value(row, column)))),
      ),
      dims,
    );
  const all: Record<string, Tensor> = {
    input_ids: fill((row, column) => row[column] ?? 0),
    attention_mask: fill((row, column) => (column < row.length ? 1 : 0)),
    token_type_ids: fill(() => 0),
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => session.inputNames.includes(name)));
}
