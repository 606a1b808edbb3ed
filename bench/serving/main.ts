import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openHistory } from '../history.ts';
import { closedLoop } from '../load.ts';
import { measureRaw } from '../raw.ts';
import { startInfinity, startNaive, startParlance, type Target } from './peers.ts';

/**
 * Embeddings at 64 connections, one text a request, beside bare onnxruntime with the plain int8 graph, Infinity and the route one writes
 * first, in one run: rounds in which each has its turn, and the median of each.
 *   npm run bench:serving                      5 rounds of 6 s
 *   npm run bench:serving -- --rounds 3 --seconds 4 --no-history
 * Peers are set up once by hand: a Python with infinity-emb[server,optimum] 0.0.78 named in PEER_PYTHON, and a folder with
 * @huggingface/transformers 4.3, hono and @hono/node-server in its node_modules named in PEER_NODE. Without one of them it is left out.
 */
const root = join(import.meta.dirname, '../..');
const models = join(root, '../shared/models');
const model = 'all-MiniLM-L6-v2';
const bars: Record<string, number> = { 'bare onnxruntime': 0.92, Infinity: 1.8, 'Hono + transformers.js': 4 };
const words = process.argv.slice(2);
const option = (flag: string, fallback: number) =>
  words.includes(flag) ? Number(words[words.indexOf(flag) + 1]) : fallback;
const [rounds, seconds] = [option('--rounds', 5), option('--seconds', 6)];
const { texts } = JSON.parse(readFileSync(join(root, 'bench/texts.json'), 'utf8')) as { texts: string[] };
const history = words.includes('--no-history') ? undefined : openHistory(root);
const { PEER_PYTHON: python, PEER_NODE: node } = process.env;

const targets: Target[] = [];
try {
  targets.push(await startParlance(root));
  if (python) targets.push(await startInfinity(python, join(models, model)));
  if (node) targets.push(await startNaive(node, models, model));
  // Node compiles what it sees often: full speed comes after some thousand calls.
  for (const { url } of targets) await load(url, 12);
  const speeds = new Map<string, number[]>();
  const note = (name: string, speed: number) => speeds.set(name, [...(speeds.get(name) ?? []), speed]);
  for (let round = 1; round <= rounds; round++) {
    const { twoProcesses, twoThreads } = await measureRaw(join(models, model), texts, seconds);
    note('bare onnxruntime', Math.max(twoProcesses, twoThreads));
    for (const { name, url } of targets) note(name, await load(url, seconds));
    console.log(
      `round ${round}: ${[...speeds].map(([name, each]) => `${name} ${each.at(-1)?.toFixed(0)}`).join(', ')}`,
    );
  }
  report(speeds);
} finally {
  for (const target of targets) await target.stop();
}

/** Requests that fail or take more than ten seconds are no answers; some do on a machine that has much else to do. */
async function load(url: string, time: number): Promise<number> {
  const found = await closedLoop(url, texts, { connections: 64, perRequest: 1, seconds: time });
  if (found.errors > 0) console.warn(`${found.errors} requests to ${url} failed.`);
  return found.textsPerSecond;
}

/** Ratios are taken round by round, since the machine drifts. */
function report(speeds: Map<string, number[]>): void {
  const own = speeds.get('Parlance') ?? [];
  const rows = [...speeds].map(([name, each]) => {
    const ratios = own.map((speed, round) => speed / (each[round] ?? Number.NaN));
    return { name, textsPerSecond: Math.round(median(each)), ratio: Number(median(ratios).toFixed(3)) };
  });
  console.table(
    Object.fromEntries(
      rows.map(({ name, textsPerSecond, ratio }) => [
        name,
        { 'texts/s': textsPerSecond, 'Parlance to it': ratio, 'asked for': bars[name] ?? '' },
      ]),
    ),
  );
  history?.add({ task: 'serving', rounds, seconds, rows });
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
