import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServices, loadConfig } from '#services';
import { type Customer, type Desk, newCustomer, openDesk, type TurnTimes } from './customer.ts';
import { openHistory } from './history.ts';
import { type Service, startService } from './service.ts';

/**
 * Twenty customers at once with the sample company, on the real models, over HTTP: how long until the first words of an
 * answer, and until the message's label is on an agent's page.
 *   npm run bench:conversations
 *   npm run bench:conversations -- --seconds 20 --no-history
 */
const customers = 20;
const root = join(import.meta.dirname, '..');
const words = process.argv.slice(2);
const seconds = Number(words.includes('--seconds') ? words[words.indexOf('--seconds') + 1] : 20);
const history = words.includes('--no-history') ? undefined : openHistory(root);
const questions = readFileSync(join(root, 'examples/orrin/questions.dev.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { question: string }).question);

const folder = await mkdtemp(join(tmpdir(), 'parlance-bench-'));
try {
  await loadCompany(folder);
  const service = await startService(root, { PARLANCE_DATA_DIR: folder });
  try {
    await warmUp(service.url);
    const rows = [
      await measure(service, 'typing 1–3 s between turns', {
        token: true,
        think: () => 1000 + 2000 * Math.random(),
      }),
      await measure(service, 'all 20 at the same moment', { token: true, every: 3000 }),
      await measure(service, 'no pause at all', { token: false, think: () => 0 }),
    ];
    print(rows);
    history?.add({ task: 'conversations', customers, rows });
  } finally {
    await service.stop();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function loadCompany(dataDir: string): Promise<void> {
  console.log('Reading the sample company …');
  const services = await createServices({ ...loadConfig({ PARLANCE_LOG_LEVEL: 'warn' }), dataDir });
  await services.inference.start();
  await services.knowledge.loadCompany('default', join(root, 'examples', 'orrin'));
  await services.chat.close();
  await services.knowledge.close();
  await services.inference.stop(0);
  await services.database.close();
}

/** Every question once: what a service that runs has long done. */
async function warmUp(url: string): Promise<void> {
  const one = await newCustomer(url, false);
  for (const question of [...questions, ...questions]) await one.say(question);
  one.close();
}

/** How customers behave: a pause after each answer, or all at once at each beat, `every` so many milliseconds. */
interface Behaviour {
  token: boolean;
  think?: () => number;
  every?: number;
}

interface Row {
  name: string;
  turns: number;
  turnsPerSecond: number;
  firstWords: Quantiles;
  label: Quantiles;
  whole: Quantiles;
  loopDelayMs: number;
  mainMsPerTurn: number;
}
type Quantiles = { p50: number; p95: number };

async function measure(service: Service, name: string, behaviour: Behaviour): Promise<Row> {
  const desk = await openDesk(service.url);
  const all = await Promise.all(
    Array.from({ length: customers }, () => newCustomer(service.url, behaviour.token)),
  );
  const before = await service.sample();
  const began = performance.now();
  const turns = (await Promise.all(all.map((each, at) => converse(each, at, desk, behaviour)))).flat();
  const elapsed = (performance.now() - began) / 1000;
  const { cpuSeconds, loopDelayMs } = await service.sample();
  for (const each of all) each.close();
  desk.close();
  return {
    name,
    turns: turns.length,
    turnsPerSecond: turns.length / elapsed,
    firstWords: quantiles(turns.map((each) => each.firstWords)),
    label: quantiles(turns.map((each) => each.label)),
    whole: quantiles(turns.map((each) => each.whole)),
    loopDelayMs,
    mainMsPerTurn: ((cpuSeconds - before.cpuSeconds) * 1000) / turns.length,
  };
}

async function converse(
  customer: Customer,
  at: number,
  desk: Desk,
  { think, every }: Behaviour,
): Promise<TurnTimes[]> {
  const turns: Awaited<ReturnType<Customer['say']>>[] = [];
  const began = performance.now();
  // Nobody begins at the very same moment, unless that is what is measured.
  if (think) await sleep(think() * Math.random());
  while (performance.now() - began < seconds * 1000) {
    if (every) await sleep(every - ((performance.now() - began) % every));
    turns.push(await customer.say(questions[(at * 7 + turns.length) % questions.length] ?? ''));
    if (think) await sleep(think());
  }
  // The last label may still be on its way.
  await sleep(2000);
  return turns.map(({ messageId, sentAt, firstWords, whole }) => {
    const labelled = desk.labelled.get(messageId);
    return { firstWords, whole, label: labelled === undefined ? undefined : labelled - sentAt };
  });
}

/** What did not happen counts as never. */
function quantiles(values: (number | undefined)[]): Quantiles {
  const sorted = values.map((value) => value ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  const of = (share: number) => Math.round((sorted[Math.ceil(share * sorted.length) - 1] ?? 0) * 10) / 10;
  return { p50: of(0.5), p95: of(0.95) };
}

function print(rows: Row[]): void {
  const show = ({ p50, p95 }: Quantiles) => `${p50} / ${p95}`;
  console.table(
    Object.fromEntries(
      rows.map((row) => [
        row.name,
        {
          turns: row.turns,
          'turns/s': Number(row.turnsPerSecond.toFixed(1)),
          'first words ms p50 / p95': show(row.firstWords),
          'label ms p50 / p95': show(row.label),
          'whole ms p50 / p95': show(row.whole),
          'loop p99 ms': Number(row.loopDelayMs.toFixed(1)),
          'main ms/turn': Number(row.mainMsPerTurn.toFixed(1)),
        },
      ]),
    ),
  );
  console.log('Bars: first words p50 ≤ 150 ms, label p95 ≤ 300 ms.');
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
