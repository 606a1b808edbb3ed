import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Batch, ParlanceError } from '#contracts';
import type { TaskRunner } from '#inference';
import { type Batches, type BatchParts, createBatches } from '../../services/batches/batches.ts';
import { createMemoryBlobs } from '../../services/blobs/memory.ts';
import type { BlobStore } from '../../services/blobs.ts';
import type { Database } from '../../services/db/database.ts';
import { batchJob } from '../../services/db/schema/index.ts';

type Tasks = BatchParts['tasks'];
type Run = TaskRunner['run'];

/** Gives every text its length for a score; `before` may wait or throw. */
function fakeTasks(before: (texts: string[], signal: AbortSignal) => Promise<void> = async () => {}): Tasks {
  const run = async (_: unknown, { input }: { input: string[] }, { signal }: { signal: AbortSignal }) => {
    await before(input, signal);
    return {
      ...{ id: 'inf_fake', model: { id: 'fake', revision: '1', engine: 'fake', dtype: 'fp32' } },
      ...{ usage: { inputTokens: input.length, outputTokens: 0, truncated: false } },
      timing: { queueMs: 0, inferenceMs: 0, totalMs: 0 },
      results: input.map((text) => ({ result: { label: 'neutral', score: text.length, probabilities: {} } })),
    };
  };
  return { run: run as unknown as Run, checkOptions: async () => {} };
}

const failing = (code: ConstructorParameters<typeof ParlanceError>[0]) =>
  new ParlanceError(code, `It is ${code}.`);

/** What jobs need of a database: that a row is done once, whoever runs the job and however it breaks off. */
export function batchesSuite(name: string, open: () => Promise<Database>): void {
  describe(name, () => {
    let database: Database;
    let tenants = 0;
    const opened: Batches[] = [];
    beforeAll(async () => {
      database = await open();
    });
    afterAll(async () => {
      await Promise.all(opened.map((each) => each.close()));
      await database?.close();
    });

    /** Jobs of a new tenant, as one process after the other has them. */
    function company() {
      const who = { tenant: `company-${++tenants}`, actor: 'local' };
      const blobs = createMemoryBlobs();
      const process = (tasks = fakeTasks(), store: BlobStore = blobs) => {
        const made = createBatches({ database, blobs: store, tasks, log: { error: () => {} } });
        opened.push(made);
        return made;
      };
      const start = (batches: Batches, count: number) => batches.create(who, formOf(textsOf(count)));
      /** As after the lease of a process that is gone. */
      const forget = () =>
        database.withTenant(who.tenant, (tx) =>
          tx
            .update(batchJob)
            .set({ leaseUntil: sql`now() - interval '1 second'` })
            .where(eq(batchJob.state, 'running')),
        );
      const scores = async (batches: Batches, id: string) => {
        const found: [string, number][] = [];
        const { text } = await batches.results(who.tenant, id, 'jsonl');
        for await (const some of text)
          for (const line of some.trimEnd().split('\n')) {
            const row = JSON.parse(line);
            found.push([row.text, row.sentiment_score]);
          }
        return found;
      };
      return { who, blobs, process, start, forget, scores };
    }

    async function until(batches: Batches, tenant: string, id: string, reached: (job: Batch) => boolean) {
      for await (const job of batches.follow(tenant, id, AbortSignal.timeout(60_000)))
        if (reached(job)) return job;
      throw new Error('it ended before');
    }

    it('a process that lost its job writes nothing more of it, and each row is there once', async () => {
      const { who, blobs, process, start, forget, scores } = company();
      const [gone, other] = [gate(), gate()];
      let calls = 0;
      // More than one part, so that the second process begins in the middle.
      const first = process(fakeTasks(async () => void (++calls > 140 && (await gone.opened))));
      const { id } = await start(first, 6000);
      const { rows } = await until(first, who.tenant, id, (job) => job.rows.done > 0);
      let began = 0;
      const second = process(
        fakeTasks(async () => {
          began++;
          await other.opened;
        }),
      );
      await forget();
      await second.attend(who.tenant);
      await vi.waitFor(() => expect(began).toBeGreaterThan(0));
      gone.open();
      await first.close();
      expect(await second.get(who.tenant, id)).toMatchObject({ state: 'running', rows });
      other.open();
      const done = await until(second, who.tenant, id, ({ state }) => state === 'done');
      expect(done.rows).toEqual({ total: 6000, done: 6000, failed: 0 });
      expect(done.usage.inputTokens).toBe(6000);
      expect(await scores(second, id)).toEqual(textsOf(6000).map((text) => [text, text.length]));
      await second.remove(who, id);
      for await (const left of blobs.list()) expect(left).toBeUndefined();
    });

    it('a process that stops leaves its job to the next, with what was done', async () => {
      const { who, process, start, scores } = company();
      const first = process(
        fakeTasks((texts, signal) => (texts.includes('text 3000') ? never(signal) : ready)),
      );
      const { id } = await start(first, 4500);
      await until(first, who.tenant, id, ({ state }) => state === 'running');
      await first.close();
      const stood = await first.get(who.tenant, id);
      expect(stood.state).toBe('running');
      const second = process();
      await second.attend(who.tenant);
      await until(second, who.tenant, id, ({ state }) => state === 'done');
      expect((await scores(second, id)).map(([text]) => text)).toEqual(textsOf(4500));
    });

    it('a full disk pauses a job with the reason, and nothing of it is lost', async () => {
      const { who, blobs, process, start, scores } = company();
      let full = true;
      const store: BlobStore = {
        ...blobs,
        put: async (content, options) => {
          if (content instanceof Uint8Array) return await blobs.put(content, options);
          const bytes: Uint8Array[] = [];
          for await (const chunk of content) bytes.push(chunk);
          const head = Buffer.from(bytes[0] ?? []).toString();
          if (full && head.includes(' 0\n')) throw failing('storage_full');
          return await blobs.put(Buffer.concat(bytes), options);
        },
      };
      const batches = process(fakeTasks(), store);
      const { id } = await start(batches, 100);
      const paused = await until(batches, who.tenant, id, ({ state }) => state === 'paused');
      expect(paused).toMatchObject({ problem: 'It is storage_full.', rows: { done: 0 } });
      full = false;
      await batches.resume(who, id);
      await until(batches, who.tenant, id, ({ state }) => state === 'done');
      expect((await scores(batches, id)).map(([text]) => text)).toEqual(textsOf(100));
    });

    it('an overloaded queue, or one that did not move, is asked again, and one text that ends its worker is one row with an error', async () => {
      const { who, process, start } = company();
      let refused = 0;
      const tasks = fakeTasks(async (texts) => {
        if (refused++ === 0)
          throw new ParlanceError('overloaded', 'Busy.', { details: { retryAfter: 0.01 } });
        if (refused === 3) throw new ParlanceError('timeout', 'Late.', { details: { retryAfter: 0.01 } });
        if (texts.includes('text 40')) throw failing('model_unavailable');
      });
      const batches = process(tasks);
      const { id } = await start(batches, 100);
      const done = await until(batches, who.tenant, id, ({ state }) => state === 'done');
      expect(done.rows).toEqual({ total: 100, done: 100, failed: 1 });
      expect(await batches.errors(who.tenant, id, { after: 0, limit: 10 })).toEqual({
        errors: [
          { row: 41, text: 'text 40', error: { code: 'model_unavailable', detail: expect.any(String) } },
        ],
        next: null,
      });
    });

    it('a model that answers nothing pauses the job, and what no row can be asked fails it', async () => {
      const { who, process, start } = company();
      for (const [code, state] of [
        ['model_unavailable', 'paused'],
        ['provider_failed', 'paused'],
        ['unsupported', 'failed'],
        ['not_found', 'failed'],
      ] as const) {
        const batches = process(fakeTasks(() => Promise.reject(failing(code))));
        const { id } = await start(batches, 100);
        const end = await until(batches, who.tenant, id, (job) => job.state === state);
        expect(end).toMatchObject({ problem: `It is ${code}.`, rows: { done: 0 } });
        await batches.remove(who, id);
        await batches.close();
      }
    });

    it('a paused job stays so when another process starts', async () => {
      const { who, process, start } = company();
      const first = process(fakeTasks((_, signal) => never(signal)));
      const { id } = await start(first, 10);
      await first.pause(who, id);
      const second = process();
      await second.attend(who.tenant);
      await second.close();
      expect(await second.get(who.tenant, id)).toMatchObject({ state: 'paused', rows: { done: 0 } });
    });
  });
}

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

const ready = Promise.resolve();
const textsOf = (count: number) => Array.from({ length: count }, (_, at) => `text ${at}`);

/** Until the call is cancelled. */
const never = (signal: AbortSignal) =>
  new Promise<void>((_, reject) => {
    const stop = () => reject(failing('cancelled'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });

async function* formOf(texts: string[]) {
  async function* content() {
    yield Buffer.from(texts.map((text) => `${text}\n`).join(''));
  }
  yield { name: 'texts.txt', fields: new Map([['task', 'sentiment']]), content: content() };
}
