import { setTimeout as sleep } from 'node:timers/promises';
import { asParlanceError, type ErrorCode } from '#contracts';
import { type BatchRow, claimBatch, expireLeases, letGo } from './batch-rows.ts';
import { type CarryOutParts, carryOut } from './carry-out.ts';

/** Runs the jobs of tenants, those of one tenant in the order they came. */
export interface BatchRunner {
  /** From now on this process takes jobs of this tenant, also those that a process which is gone has left. */
  attend(tenant: string): Promise<void>;
  /** A job may be waiting. */
  wake(tenant: string): void;
  /** Stops a job that runs here and is somebody else's now, without waiting for its next heartbeat. */
  drop(id: string): void;
  /** Why a job that is still marked as running stands still: it could not even be marked. */
  problemOf(id: string): string | undefined;
  /** Ends what runs; it goes on after the next start, here or in another process. */
  close(): Promise<void>;
}

export interface RunnerParts extends CarryOutParts {
  log: { error(detail: object, message: string): void };
}

/** What may be mended without another job: the disk, the model, the server that the model is on. */
const passing = new Set<ErrorCode>(['storage_full', 'model_unavailable', 'provider_failed']);

interface Running {
  tenant: string;
  id: string;
  stop: AbortController;
  end: Promise<void>;
}

/** Jobs of one tenant: a short one does not wait for a long one, unless there are so many long ones. */
const atOnce = 4;
/** How often is looked for what other processes have left. */
const lookMs = 5000;
/** Between two tries to write down that a job is paused, on a disk that is full. */
const againMs = 5000;

export function createRunner(parts: RunnerParts): BatchRunner {
  const { database, log } = parts;
  const tenants = new Set<string>();
  const running = new Set<Running>();
  const problems = new Map<string, string>();
  let closing = false;
  /** One look at a time, and another one when something came meanwhile. */
  const looks = new Map<string, Promise<void>>();
  const again = new Set<string>();

  function wake(tenant: string): void {
    if (closing || !tenants.has(tenant)) return;
    if (looks.has(tenant)) {
      again.add(tenant);
      return;
    }
    const look = takeJobs(tenant)
      .catch((err) => {
        // A job that cannot begin on a full disk waits until it can.
        if (asParlanceError(err).code !== 'storage_full') log.error({ err }, 'jobs could not be begun');
      })
      .finally(() => {
        looks.delete(tenant);
        if (again.delete(tenant)) wake(tenant);
      });
    looks.set(tenant, look);
  }

  async function takeJobs(tenant: string): Promise<void> {
    const ofTenant = () => [...running].filter((each) => each.tenant === tenant).length;
    while (ofTenant() < atOnce && !closing) {
      const job = await database.withTenant(tenant, claimBatch);
      if (!job) return;
      parts.onProgress(job.id);
      const stop = new AbortController();
      const mine: Running = { tenant, id: job.id, stop, end: Promise.resolve() };
      mine.end = run(tenant, job, stop.signal).finally(() => {
        running.delete(mine);
        problems.delete(job.id);
        parts.onProgress(job.id);
        wake(tenant);
      });
      running.add(mine);
    }
  }

  /** Throws nothing: what went wrong is told by the job. */
  async function run(tenant: string, job: BatchRow, signal: AbortSignal): Promise<void> {
    try {
      await carryOut(parts, tenant, job, signal);
      await leave(tenant, job, 'done', null);
    } catch (thrown) {
      // It is another's already, or was stopped by whoever dropped it.
      const { code, message, cause } = asParlanceError(thrown);
      if (code === 'conflict') return;
      if (signal.aborted) return await leave(tenant, job, 'running', null);
      if (code === 'internal') log.error({ err: cause ?? thrown, job: job.id }, 'a job broke off');
      await leave(tenant, job, passing.has(code) ? 'paused' : 'failed', message);
    }
  }

  /** Writes down how a job stands, as often as it takes: on a full disk even that fails. */
  async function leave(
    tenant: string,
    job: BatchRow,
    state: 'done' | 'failed' | 'paused' | 'running',
    problem: string | null,
  ): Promise<void> {
    for (;;) {
      try {
        await database.withTenant(tenant, (tx) => letGo(tx, job, state, problem));
        return;
      } catch (err) {
        // The lease runs out by itself.
        if (closing) return;
        if (!problems.has(job.id))
          log.error({ err, job: job.id }, 'how a job stands could not be written down');
        problems.set(job.id, problem ?? asParlanceError(err).message);
        await sleep(againMs, undefined, { ref: false });
      }
    }
  }

  const timer = setInterval(() => {
    for (const tenant of tenants) wake(tenant);
  }, lookMs).unref();

  return {
    async attend(tenant) {
      if (tenants.has(tenant)) return;
      if (database.kind === 'pglite') await database.withTenant(tenant, expireLeases);
      tenants.add(tenant);
      wake(tenant);
    },
    wake,
    drop(id) {
      for (const each of running) if (each.id === id) each.stop.abort();
    },
    problemOf: (id) => problems.get(id),
    async close() {
      closing = true;
      clearInterval(timer);
      await Promise.all(looks.values());
      for (const { stop } of running) stop.abort();
      await Promise.all([...running].map(({ end }) => end));
    },
  };
}
