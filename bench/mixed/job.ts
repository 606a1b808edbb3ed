import { openAsBlob } from 'node:fs';
import { ParlanceClient } from '#client';
import type { Batch, TaskName } from '#contracts';

/** A job on a server, followed all the time. */
export class WatchedJob {
  readonly #client: ParlanceClient;
  readonly #points: { at: number; rows: number }[] = [];
  #job: Batch;

  private constructor(client: ParlanceClient, job: Batch) {
    this.#client = client;
    this.#job = job;
    void this.#follow();
  }

  static async start(url: string, file: string, task: TaskName): Promise<WatchedJob> {
    const client = new ParlanceClient({ baseUrl: url });
    const job = await client.batches.submit(await openAsBlob(file), 'rows.csv', { task, column: 'text' });
    return new WatchedJob(client, job);
  }

  get id(): string {
    return this.#job.id;
  }

  get ended(): boolean {
    return ['done', 'failed', 'cancelled'].includes(this.#job.state);
  }

  get state(): Batch {
    return this.#job;
  }

  pause = () => this.#client.batches.pause(this.id);
  resume = () => this.#client.batches.resume(this.id);

  /** Rows a second between two moments, by what was kept in between; undefined when that was too little to tell. */
  speed(from: number, to: number): number | undefined {
    const within = this.#points.filter(({ at }) => at >= from && at <= to);
    const [first, last] = [within[0], within.at(-1)];
    if (!first || !last || within.length < 3) return undefined;
    return ((last.rows - first.rows) * 1000) / (last.at - first.at);
  }

  /** Counts what a reader of the results gets. */
  async countResults(): Promise<number> {
    const body = await this.#client.batches.results(this.id, 'jsonl');
    let lines = 0;
    for await (const chunk of body) for (const byte of chunk) if (byte === 0x0a) lines++;
    return lines;
  }

  async #follow(): Promise<void> {
    while (!this.ended) {
      for await (const job of this.#client.batches.follow(this.id)) {
        if (job.rows.done !== this.#job.rows.done)
          this.#points.push({ at: performance.now(), rows: job.rows.done });
        this.#job = job;
      }
    }
  }
}
