import { ParlanceError, type Sample } from '#contracts';
import { samplesOf } from '../dataset/samples.ts';
import { randomOf } from '../statistics/random.ts';
import { openSuite } from '../suite/read.ts';
import type { Suite } from '../suite/suite.ts';
import { finishRun } from './finish.ts';
import { type Journal, MemoryJournal } from './journal.ts';
import type { Json } from './json.ts';
import { runSuite } from './run.ts';
import type { Tally } from './tally.ts';
import type { Target } from './target.ts';

export const labels = ['negative', 'neutral', 'positive'];

/** A suite over `count` made-up rows with a label each, by turns; of a third of the rows the slice `kind` is `rare`. */
export function labelSuite(count: number, more: Record<string, unknown> = {}): Suite {
  return openSuite({
    suite: 'made-up',
    version: 1,
    title: 'Made up',
    dataset: { rows: [{ input: 'unused' }] },
    scorers: [{ name: 'accuracy' }, { name: 'f1' }],
    slices: { kind: '/kind' },
    concurrency: 8,
    ...more,
    ...(count <= 1000 && { dataset: { rows: labelRows(count) } }),
  });
}

export const labelRows = (count: number) =>
  Array.from({ length: count }, (_, row) => ({
    id: `row-${row}`,
    input: `text ${row}`,
    expected: labels[row % 3] as string,
    kind: row % 9 < 3 ? 'rare' : 'common',
  }));

/** Answers with the expected label, except where `wrong` says otherwise; fails where it throws. */
export const fakeTarget = (
  answer: (sample: Sample, asked: number) => Json = ({ expected }) => expected,
): Target & {
  asked: number;
} => ({
  name: 'fake',
  revision: null,
  asked: 0,
  async ask(sample) {
    this.asked++;
    return { output: answer(sample, this.asked) };
  },
});

export const failing = (): never => {
  throw new ParlanceError('provider_failed', 'The provider broke.');
};

/** Wrong by a coin that falls on the same side for the same seed and row, whenever it is asked. */
export const wrongAt =
  (rate: number, seed: number) =>
  ({ id, expected }: Sample): Json => {
    const coin = new Uint32Array(1);
    randomOf(seed * 100_003 + Number(id.slice('row-'.length)))(coin);
    return (coin[0] as number) / 2 ** 32 < rate
      ? (labels[(labels.indexOf(String(expected)) + 1) % 3] as string)
      : expected;
  };

export function run(
  suite: Suite,
  target: Target,
  journal: Journal = new MemoryJournal(),
  signal = new AbortController().signal,
): Promise<Tally> {
  const { dataset } = suite.document;
  const rows = 'rows' in dataset ? dataset.rows : [];
  return runSuite({ suite, samples: samplesOf(rows, suite.document), target, journal, tools: {}, signal });
}

export const finished = (tally: Tally, against: Tally | null = null) =>
  finishRun(tally, {
    id: '00000000-0000-4000-8000-000000000000',
    target: { name: 'fake', revision: null },
    datasetSha256: '',
    partial: null,
    startedAt: new Date(0),
    endedAt: new Date(1000),
    environment: {},
    against: against && { id: '00000000-0000-4000-8000-000000000001', label: 'before', tally: against },
    resamples: 200,
  });
