import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { closedLoop, type Load, oneCaller } from './load.ts';
import { openLoop, politeCallers } from './overload.ts';
import { measureRaw } from './raw.ts';
import { type Service, startService } from './service.ts';

/**
 * Speed and memory as ratios against bare onnxruntime in the same minutes on the same texts.
 *   npm run bench                       sentiment and embeddings
 *   npm run bench -- --task sentiment --seconds 10 --no-overload --no-history
 */
const root = join(import.meta.dirname, '..');
const models: Record<string, string> = { sentiment: 'sentiment', embeddings: 'all-MiniLM-L6-v2' };
const { tasks, seconds, overload, history } = readArguments(process.argv.slice(2));
const { texts } = JSON.parse(readFileSync(join(import.meta.dirname, 'texts.json'), 'utf8')) as {
  texts: string[];
};

for (const task of tasks) {
  const record = await benchTask(task);
  if (history) appendFileSync(join(import.meta.dirname, 'history.jsonl'), `${JSON.stringify(record)}\n`);
}

async function benchTask(task: string) {
  const folder = join(root, 'models', models[task] ?? '');
  console.log(`\n${task}: ${texts.length} texts of about 24 tokens, ${seconds} s a row`);
  const before = await measureRaw(folder, texts, seconds);
  const service = await startService(root, 18787);
  const url = `${service.url}/api/v1/${task}`;
  try {
    await closedLoop(url, texts, { connections: 16, perRequest: 1, seconds: 2 });
    const rows = [
      await row(service, '1 connection', () => oneCaller(url, texts, seconds)),
      ...(await each([16, 64], (connections) =>
        row(service, `${connections} connections`, () =>
          closedLoop(url, texts, { connections, perRequest: 1, seconds }),
        ),
      )),
      await row(service, '8 connections × 32', () =>
        closedLoop(url, texts, { connections: 8, perRequest: 32, seconds }),
      ),
    ];
    const after = await measureRaw(folder, texts, seconds);
    const raw = {
      // The machine drifts: what came before and after brackets what was measured between.
      best: (best(before) + best(after)) / 2,
      singleMs: (before.singleMs + after.singleMs) / 2,
      before,
      after,
    };
    printRows(raw, rows);
    const pressure = overload ? await measureOverload(service, url, rows[2]?.textsPerSecond ?? 0) : undefined;
    return {
      at: new Date().toISOString(),
      commit: commit(),
      task,
      cpu: cpus()[0]?.model,
      cores: cpus().length,
      raw,
      rows,
      pressure,
    };
  } finally {
    await service.stop();
  }
}

function best(raw: { twoProcesses: number; twoThreads: number }): number {
  return Math.max(raw.twoProcesses, raw.twoThreads);
}

async function row(service: Service, name: string, measure: () => Promise<Load>) {
  const from = await service.sample();
  const load = await measure();
  const { cpuSeconds, ...sample } = await service.sample();
  const mainUs = ((cpuSeconds - from.cpuSeconds) / (load.textsPerSecond * seconds)) * 1e6;
  return { name, ...load, ...sample, mainUs };
}

function printRows(
  raw: { best: number; singleMs: number; before: object; after: object },
  rows: Awaited<ReturnType<typeof row>>[],
): void {
  console.log(
    `raw onnxruntime: ${raw.best.toFixed(0)} texts/s (best of two processes and two threads), one text ${raw.singleMs.toFixed(2)} ms`,
  );
  console.table(
    Object.fromEntries(
      rows.map((each) => [
        each.name,
        {
          'texts/s': Math.round(each.textsPerSecond),
          'of raw': Number((each.textsPerSecond / raw.best).toFixed(3)),
          'p50 ms': Number(each.p50.toFixed(2)),
          'p99 ms': Number(each.p99.toFixed(2)),
          'p50 of raw': each.name === '1 connection' ? Number((each.p50 / raw.singleMs).toFixed(2)) : '',
          'loop p99 ms': Number(each.loopDelayMs.toFixed(1)),
          'main µs/text': Math.round(each.mainUs),
          'main MB': Math.round(each.mainMb),
          'workers MB': Math.round(each.workersMb),
          errors: each.errors,
        },
      ]),
    ),
  );
}

async function measureOverload(service: Service, url: string, peak: number) {
  const idle = await service.sample();
  const polite = await politeCallers(url, texts, 640, seconds * 2);
  const politeSample = await service.sample();
  const flood = await openLoop(url, texts, peak * 3, seconds * 2);
  const floodSample = await service.sample();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const recovered = await oneCaller(url, texts, 1);
  const result = {
    polite: {
      ...polite,
      ofPeak: polite.goodput / peak,
      loopDelayMs: politeSample.loopDelayMs,
      mainMb: politeSample.mainMb,
    },
    flood: {
      ...flood,
      ofPeak: flood.goodput / peak,
      loopDelayMs: floodSample.loopDelayMs,
      mainMb: floodSample.mainMb,
    },
    idleMb: idle.mainMb,
    recoveredP50: recovered.p50,
  };
  const line = (name: string, each: typeof result.polite) =>
    `${name}: ${each.goodput.toFixed(0)} texts/s = ${each.ofPeak.toFixed(2)} of peak, ${each.refused} refused, ${each.failed} failed, loop p99 ${each.loopDelayMs.toFixed(1)} ms, main ${each.mainMb.toFixed(0)} MB`;
  console.log(line('640 polite callers', result.polite));
  console.log(line('open loop at 3 × peak', result.flood));
  console.log(
    `1–2 s after: one connection p50 ${recovered.p50.toFixed(2)} ms; main was ${idle.mainMb.toFixed(0)} MB before`,
  );
  return result;
}

async function each<I, O>(inputs: I[], work: (input: I) => Promise<O>): Promise<O[]> {
  const outputs: O[] = [];
  for (const input of inputs) outputs.push(await work(input));
  return outputs;
}

function commit(): string {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
}

function readArguments(words: string[]) {
  const after = (flag: string) => (words.includes(flag) ? words[words.indexOf(flag) + 1] : undefined);
  const task = after('--task');
  if (task && !models[task]) throw new Error(`--task is ${Object.keys(models).join(' or ')}`);
  return {
    tasks: task ? [task] : Object.keys(models),
    seconds: Number(after('--seconds') ?? 8),
    overload: !words.includes('--no-overload'),
    history: !words.includes('--no-history'),
  };
}
