import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import {
  asParlanceError,
  type BundledSuite,
  type EvaluationJob,
  type EvaluationRun,
  ParlanceError,
  type SampleQuery,
  type SampleResult,
  type StartJobRequest,
} from '#contracts';
import { type Row, readRows, type ScorerTools } from '#eval';
import type { Principal } from '../../principal.ts';
import { openAccepted } from '../accepted.ts';
import type { Evaluations } from '../index.ts';
import { FileJournal, readResults } from '../journal-file.ts';
import { keepRun } from '../keep-run.ts';
import { environmentOf, perform } from '../perform.ts';
import { planOf } from '../plan.ts';
import { bundledSuites } from '../suites.ts';
import { openTarget, type TargetParts } from '../targets/open.ts';
import { begun, type Order, order, orderOf, principalOf, suiteOf, targetOf } from './order.ts';

/** Runs that this process carries out, one after the other: they share the models with live requests. */
export interface EvaluationJobs {
  /** Those that come with Parlance. */
  suites(): Promise<BundledSuite[]>;
  /** Checks the suite and begins. Throws `not_found`, `invalid_input`, `unsupported`, and `overloaded` while many wait. */
  start(principal: Principal, request: StartJobRequest): Promise<EvaluationJob>;
  /** Those of a tenant since this process began, the latest first. */
  list(tenant: string): EvaluationJob[];
  /** Throws `not_found`. */
  get(tenant: string, id: string): EvaluationJob;
  /** Ends one for good; its results are thrown away. Throws `not_found`. */
  cancel(tenant: string, id: string): Promise<EvaluationJob>;
  /** Goes on with what an earlier life of this process left unfinished. */
  resume(): Promise<void>;
  /** Ends what runs; it goes on after the next start. */
  close(): Promise<void>;
}

export interface JobParts extends Omit<TargetParts, 'secret'> {
  root: string;
  /** Where results are kept until a run is whole. */
  folder: string;
  version: string;
  evaluations: Pick<Evaluations, 'runs' | 'verdicts' | 'samples' | 'versions'>;
  tools: ScorerTools;
  log: Pick<Logger, 'warn'>;
}

const maxWaiting = 20;
const maxKept = 100;

interface Held {
  job: EvaluationJob;
  order: Order;
  stop: AbortController;
}

export function createJobs(parts: JobParts): EvaluationJobs {
  const held = new Map<string, Held>();
  /** Orders that this process was given: no earlier one left them. */
  const own = new Set<string>();
  let line: Promise<void> = Promise.resolve();
  let closing = false;
  const folderOf = (id: string) => join(parts.folder, id);
  const orderFile = (id: string) => join(folderOf(id), 'order.json');
  const find = (tenant: string, id: string): Held => {
    const found = held.get(id);
    if (found?.order.tenant !== tenant) throw new ParlanceError('not_found', 'There is no such job.');
    return found;
  };

  const readOrder = async (id: string): Promise<Order> =>
    order.parse(JSON.parse(await readFile(orderFile(id), 'utf8')));

  async function prepare(wanted: Order): Promise<Held> {
    const { suite, folder } = await suiteOf(wanted, parts.root);
    const target = targetOf(suite, wanted.request);
    if ('task' in target) await parts.checkModel(target.task, target.model);
    const kept = 'dataset' in suite.document.dataset;
    const rows = kept ? null : (await planOf(suite, folder)).rows;
    const [kind = ''] = Object.keys(target);
    const name = wanted.request.model ?? ('task' in target ? target.task : kind);
    return { job: begun(wanted, suite, name, rows), order: wanted, stop: new AbortController() };
  }

  function enqueue(next: Held): void {
    held.set(next.order.id, next);
    const ended = [...held.values()].filter(({ job }) => job.state !== 'running');
    for (const { order: old } of ended.slice(0, Math.max(0, held.size - maxKept))) held.delete(old.id);
    line = line.then(() => (closing ? undefined : carryOut(next)));
  }

  async function carryOut({ job, order: wanted, stop }: Held): Promise<void> {
    const end = await runOrder(wanted, stop.signal, (result) => {
      job.answered++;
      if (result.answer.error) job.errored++;
    }).then(() => ({ state: 'done' as const, problem: null }), failure(stop.signal));
    // Kept for the next start.
    if (closing && end.state !== 'done') return;
    await rm(folderOf(wanted.id), { recursive: true, force: true });
    Object.assign(job, end, { endedAt: new Date().toISOString() });
  }

  const failure = (signal: AbortSignal) => (thrown: unknown) => {
    if (signal.aborted) return { state: 'cancelled' as const, problem: null };
    const error = asParlanceError(thrown);
    if (error.code === 'internal') parts.log.warn({ err: error.cause }, 'an evaluation broke off');
    return { state: 'failed' as const, problem: error.message };
  };

  async function runOrder(wanted: Order, signal: AbortSignal, onResult: (result: SampleResult) => void) {
    signal.throwIfAborted();
    const { suite, folder } = await suiteOf(wanted, parts.root);
    const target = await openTarget(targetOf(suite, wanted.request), { ...parts, secret: () => undefined });
    const results = join(folderOf(wanted.id), 'results.jsonl');
    const journal = await FileJournal.open(results);
    try {
      const { run } = await perform({
        ...{ id: wanted.id, suite, folder, target, journal, signal, onResult, tools: parts.tools },
        against: await openAccepted(acceptedIn(wanted.tenant), suite),
        limit: wanted.request.limit,
        stored: (name, sha256) => rowsOfVersion(wanted.tenant, name, sha256),
        environment: environmentOf(parts.version, null),
        startedAt: new Date(wanted.startedAt),
      });
      await keepRun(keeperOf(wanted), run, readResults(results));
    } finally {
      await journal.close();
    }
  }

  const keeperOf = (wanted: Order) => ({
    record: (run: EvaluationRun) => parts.evaluations.runs.record(principalOf(wanted), run),
    addSamples: (id: string, some: SampleResult[]) =>
      parts.evaluations.runs.addSamples(wanted.tenant, id, some),
    seal: (id: string) => parts.evaluations.runs.seal(wanted.tenant, id),
  });

  const acceptedIn = (tenant: string) => ({
    accepted: (suite: string) => parts.evaluations.verdicts.accepted(tenant, suite),
    samples: (run: string, query: SampleQuery) => parts.evaluations.samples(tenant, run, query),
  });

  async function* rowsOfVersion(tenant: string, name: string, sha256: string): AsyncGenerator<Row> {
    const { text } = await parts.evaluations.versions.read(tenant, name, sha256);
    yield* readRows(`${name}.jsonl`, [Buffer.from(text)], sha256);
  }

  return {
    suites: () => bundledSuites(parts.root),
    async start(principal, request) {
      if ([...held.values()].filter(({ job }) => job.state === 'running').length >= maxWaiting)
        throw new ParlanceError('overloaded', 'Many evaluations are waiting already. Start this one later.');
      const wanted = orderOf(randomUUID(), principal, request);
      const next = await prepare(wanted);
      own.add(wanted.id);
      await mkdir(folderOf(wanted.id), { recursive: true });
      await writeFile(orderFile(wanted.id), JSON.stringify(wanted));
      enqueue(next);
      return { ...next.job };
    },
    list: (tenant) =>
      [...held.values()]
        .filter((each) => each.order.tenant === tenant)
        .map(({ job }) => ({ ...job }))
        .reverse(),
    get: (tenant, id) => ({ ...find(tenant, id).job }),
    async cancel(tenant, id) {
      const { job, stop } = find(tenant, id);
      if (job.state === 'running') {
        stop.abort();
        job.state = 'cancelled';
        // It may wait behind others for long, and no later life of this process is to go on with it.
        await rm(orderFile(id), { force: true });
      }
      return { ...job };
    },
    async resume() {
      const left: Held[] = [];
      for (const id of await readdir(parts.folder).catch(() => [])) {
        // One that was started while this process was starting.
        if (own.has(id)) continue;
        const next = await readOrder(id)
          .then(prepare)
          .catch(() => null);
        // What was cancelled, or torn by a crash while it was written, was never promised to anybody.
        if (next) left.push(next);
        else await rm(folderOf(id), { recursive: true, force: true });
      }
      left.sort((a, b) => a.order.startedAt.localeCompare(b.order.startedAt));
      for (const next of left) enqueue(next);
    },
    async close() {
      closing = true;
      for (const { stop } of held.values()) stop.abort();
      await line;
    },
  };
}
