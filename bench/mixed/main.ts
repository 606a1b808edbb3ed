import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TaskName } from '#contracts';
import { openHistory } from '../history.ts';
import { type Sample, startService } from '../service.ts';
import { WatchedJob } from './job.ts';
import { liveRequests, summarize } from './live.ts';
import { utterancesIn, writeRows } from './rows.ts';

/**
 * A long job beside live requests. Three states take turns in one run, so that the machine is the same for each: live requests
 * alone, the job alone, both. The ratios are those of the whole run.
 *   npm run bench:mixed
 *   npm run bench:mixed -- --rows 40000 --seconds 8 --rate 20 --task embeddings --no-history
 */
const root = join(import.meta.dirname, '../..');
const words = process.argv.slice(2);
const word = (name: string, otherwise: string) =>
  words.includes(name) ? (words[words.indexOf(name) + 1] ?? otherwise) : otherwise;
const rows = Number(word('--rows', '1000000'));
const seconds = Number(word('--seconds', '15'));
const rate = Number(word('--rate', '20'));
const task = word('--task', 'sentiment') as TaskName;
const data = word('--data', join(root, '../shared/data/intents'));
const history = words.includes('--no-history') ? undefined : openHistory(root);
/** What the job and the requests of a state are given to come into their stride. */
const settleMs = 1500;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const texts = await utterancesIn(data);
const folder = await mkdtemp(join(tmpdir(), 'parlance-mixed-'));
const file = join(folder, 'rows.csv');
await writeRows(file, texts, rows);
const megabytes = (await stat(file)).size / 1024 ** 2;
console.log(
  `${rows} rows of ${texts.length} texts (${megabytes.toFixed(0)} MB), ${task}, ${rate} live requests a second`,
);

const service = await startService(root);
const memory: (Pick<Sample, 'mainMb' | 'workersMb'> & { rows: number })[] = [];
const live = { alone: [] as number[], beside: [] as number[] };
/** 95th percentiles of the rounds: one burst of something else on the machine spoils one of them. */
const rounds = { alone: [] as number[], beside: [] as number[] };
const speed = { alone: [] as number[], beside: [] as number[] };
const url = `${service.url}/api/v1/${task}`;
try {
  await liveRequests(url, texts, 50, 10);
  const before = await service.sample();
  const submitted = performance.now();
  const job = await WatchedJob.start(service.url, file, task);
  console.log(`taken in after ${((performance.now() - submitted) / 1000).toFixed(1)} s`);
  while (!job.ended) {
    await jobPhase(job, 'alone');
    await jobPhase(job, 'beside');
    if (job.ended) break;
    await job.pause();
    await sleep(settleMs);
    const times = await liveRequests(url, texts, rate, seconds);
    live.alone.push(...times);
    rounds.alone.push(summarize(times).p95);
    await job.resume();
    await note(job);
  }
  await sleep(500);
  const written = await job.countResults();
  await note(job);
  report(before, written, job);
} finally {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
}

async function jobPhase(job: WatchedJob, state: 'alone' | 'beside'): Promise<void> {
  await sleep(settleMs);
  const from = performance.now();
  if (state === 'beside') {
    const times = await liveRequests(url, texts, rate, seconds);
    if (!job.ended) {
      live.beside.push(...times);
      rounds.beside.push(summarize(times).p95);
    }
  } else await sleep(seconds * 1000);
  const measured = job.speed(from, performance.now());
  if (measured !== undefined && !job.ended) speed[state].push(measured);
  await note(job);
}

async function note(job: WatchedJob): Promise<void> {
  const { mainMb, workersMb } = await service.sample();
  memory.push({ mainMb, workersMb, rows: job.state.rows.done });
}

function report(before: Sample, written: number, job: WatchedJob): void {
  const mean = (some: number[]) => some.reduce((sum, each) => sum + each, 0) / Math.max(1, some.length);
  const [alone, beside] = [summarize(live.alone), summarize(live.beside)];
  const jobSpeed = { alone: mean(speed.alone), beside: mean(speed.beside) };
  const ms = (value: number) => Number(value.toFixed(1));
  console.table({
    'live alone': { ...shown(alone) },
    'live beside the job': { ...shown(beside) },
  });
  console.log(
    `p95 beside − alone: ${ms(beside.p95 - alone.p95)} ms (bar 40). Job: ${jobSpeed.alone.toFixed(0)} rows/s alone, ${jobSpeed.beside.toFixed(0)} beside = ${(jobSpeed.beside / jobSpeed.alone).toFixed(2)} (bar 0.4).`,
  );
  console.log(
    `middle of the rounds: p95 ${ms(middle(rounds.alone))} ms alone, ${ms(middle(rounds.beside))} beside; job ${middle(speed.alone).toFixed(0)} and ${middle(speed.beside).toFixed(0)} rows/s = ${(middle(speed.beside) / middle(speed.alone)).toFixed(2)}`,
  );
  const some = memory.filter((_, at) => at % Math.ceil(memory.length / 12) === 0 || at === memory.length - 1);
  console.log(
    `memory before: main ${before.mainMb.toFixed(0)} MB, workers ${before.workersMb.toFixed(0)} MB`,
  );
  console.table(
    some.map((each) => ({ rows: each.rows, 'main MB': ms(each.mainMb), 'workers MB': ms(each.workersMb) })),
  );
  const { state, rows: counted } = job.state;
  console.log(
    `job ${state}: ${counted.done} of ${counted.total} rows done, ${counted.failed} failed, ${written} rows in the results`,
  );
  history?.add({ task: 'mixed', of: task, rows, rate, live: { alone, beside }, jobSpeed, memory: some });
  if (written !== rows) process.exitCode = 1;
}

function middle(some: number[]): number {
  return some.toSorted((a, b) => a - b)[Math.floor(some.length / 2)] ?? 0;
}

function shown({ p50, p95, p99, requests, failed }: ReturnType<typeof summarize>) {
  const ms = (value: number) => Number(value.toFixed(1));
  return { 'p50 ms': ms(p50), 'p95 ms': ms(p95), 'p99 ms': ms(p99), requests, failed };
}
