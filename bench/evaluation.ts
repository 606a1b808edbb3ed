import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finishRun, openSuite, runSuite, samplesOf } from '#eval';
import { FileJournal } from '#services';

/**
 * What scoring costs apart from the target: 10,000 samples, 5 scorers, 1,000 resamples, answers that are there at once.
 *   npm run bench:evaluation [-- --samples 10000]
 */
const words = process.argv.slice(2);
const samples = Number(words[words.indexOf('--samples') + 1] ?? 10_000) || 10_000;
const labels = ['negative', 'neutral', 'positive'];
const sentence =
  'the late fee is charged ten days after the due date unless less than fifteen euros are open';

const suite = openSuite({
  suite: 'speed',
  version: 1,
  title: 'Speed',
  dataset: { rows: [{ input: 'unused' }], fields: { expected: '' } },
  scorers: [
    { name: 'accuracy', at: '/label', expects: '/label' },
    { name: 'f1', at: '/label', expects: '/label' },
    { name: 'brier', at: '/probabilities', expects: '/label' },
    { name: 'bleu', at: '/text', expects: '/text' },
    { name: 'rouge', variant: 'L', at: '/text', expects: '/text' },
  ],
  concurrency: 16,
});

function* rows() {
  for (let row = 0; row < samples; row++) {
    const label = labels[row % 3] as string;
    yield { id: `r${row}`, input: `text ${row}`, label, text: `${sentence} ${row}` };
  }
}

const target = {
  name: 'nothing',
  revision: null,
  async ask({ id }: { id: string }) {
    const row = Number(id.slice(1));
    const label = labels[(row + Number(row % 7 === 0)) % 3] as string;
    return { output: { label, probabilities: { [label]: 0.8 }, text: `${sentence.slice(row % 9)} ${row}` } };
  },
};

const folder = mkdtempSync(join(tmpdir(), 'parlance-bench-eval-'));
const journal = await FileJournal.open(join(folder, 'results.jsonl'));
let most = 0;
const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 50);
const before = process.memoryUsage.rss();
try {
  const from = performance.now();
  const cpu = process.cpuUsage();
  const tally = await runSuite({
    ...{ suite, target, journal, tools: {}, signal: new AbortController().signal },
    samples: samplesOf(rows(), suite.document),
  });
  const asked = performance.now();
  const run = finishRun(tally, {
    ...{ id: '00000000-0000-4000-8000-000000000000', target: { name: 'nothing', revision: null } },
    ...{
      datasetSha256: '',
      partial: null,
      startedAt: new Date(),
      endedAt: new Date(),
      environment: {},
      against: null,
    },
  });
  const done = performance.now();
  const { user, system } = process.cpuUsage(cpu);
  console.log(`${samples} samples, ${Object.keys(run.metrics).length} scorers, 1,000 resamples`);
  console.log(
    `asked, judged and kept in ${((asked - from) / 1000).toFixed(2)} s, measured in ${((done - asked) / 1000).toFixed(2)} s`,
  );
  console.log(
    `CPU ${((user + system) / 1e6).toFixed(2)} s; memory ${mb(before)} before, ${mb(most)} at most`,
  );
} finally {
  clearInterval(watch);
  await journal.close();
  rmSync(folder, { recursive: true, force: true });
}

function mb(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(0)} MB`;
}
