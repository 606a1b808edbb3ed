import { ParlanceError } from '#contracts';

/** Live requests go first; bulk work takes what they leave. */
export type Lane = 'interactive' | 'batch';

/** One queued input. `tokens` is an estimate: the worker packs by exact counts. */
export interface Entry {
  /** Only inputs of one group may share a batch: the model, as a rule. */
  group: string;
  tenant: string;
  lane: Lane;
  tokens: number;
  /** Milliseconds on the clock that `take` is given. */
  deadlineAt: number;
}

export interface BatcherLimits {
  /** Queued tokens of a lane at which new work for it is refused. */
  queueTokens: number;
  /** Padded tokens (longest × count) one dispatch may hold. */
  batchTokens: number;
  /** Inputs one dispatch may hold. */
  batchItems: number;
  /** Inputs one dispatch of the batch lane may hold. */
  batchLaneItems: number;
}

export interface Capacity {
  /** Workers that could start now, the one asked for included. */
  free: number;
  total: number;
  /** No live request came lately. */
  quiet?: boolean;
}

/** How many batches' worth of queued inputs are looked at to find some of similar length. */
const lookAhead = 8;

/**
 * The queue between requests and workers. There is no timer: a batch is what waits when a worker becomes free (natural
 * batching, as in text-embeddings-inference). Within a look-ahead window inputs of similar length go together, so that
 * little of a pass is padding; the oldest input is always part of the batch, so nothing starves. Tenants take turns.
 */
export class Batcher<E extends Entry> {
  readonly #limits: BatcherLimits;
  readonly #lanes: Record<Lane, Map<string, E[]>> = { interactive: new Map(), batch: new Map() };
  readonly #tokens: Record<Lane, number> = { interactive: 0, batch: 0 };

  constructor(limits: BatcherLimits) {
    this.#limits = limits;
  }

  /** Estimated tokens waiting. */
  get queuedTokens(): number {
    return this.#tokens.interactive + this.#tokens.batch;
  }

  /** Inputs waiting. */
  get length(): number {
    let count = 0;
    for (const lane of Object.values(this.#lanes)) for (const queue of lane.values()) count += queue.length;
    return count;
  }

  /** Estimated tokens waiting in one lane. */
  tokensIn(lane: Lane): number {
    return this.#tokens[lane];
  }

  /** True while new work of this lane would be refused: live requests go first, so bulk work that waits is nothing to them. */
  full(lane: Lane): boolean {
    return this.#tokens[lane] >= this.#limits.queueTokens;
  }

  /**
   * Queues inputs that belong together. One rule for one text and for many: work is taken while its lane is below the
   * limit, so it overshoots by at most one request and a large request is never refused by an idle server.
   * `admitted` work belongs to a request that was taken before, and is not refused half way.
   * @throws ParlanceError `overloaded`
   */
  offer(entries: readonly E[], { admitted = false } = {}): void {
    if (!admitted && entries.some(({ lane }) => this.full(lane)))
      throw new ParlanceError('overloaded', 'The server is busy. Try again shortly.');
    for (const entry of entries) {
      const lane = this.#lanes[entry.lane];
      const queue = lane.get(entry.tenant);
      if (queue) queue.push(entry);
      else lane.set(entry.tenant, [entry]);
      this.#tokens[entry.lane] += entry.tokens;
    }
  }

  /** Puts inputs back at the front after their worker died. Not subject to the limit: they were admitted once. */
  putBack(entries: readonly E[]): void {
    for (const entry of entries.toReversed()) {
      const lane = this.#lanes[entry.lane];
      const queue = lane.get(entry.tenant);
      if (queue) queue.unshift(entry);
      else lane.set(entry.tenant, [entry]);
      this.#tokens[entry.lane] += entry.tokens;
    }
  }

  has(match: (entry: E) => boolean): boolean {
    return Object.values(this.#lanes).some((lane) => [...lane.values()].some((queue) => queue.some(match)));
  }

  /** Removes and returns the queued inputs for which `drop` is true: cancelled, or past their deadline. */
  remove(drop: (entry: E) => boolean): E[] {
    const removed: E[] = [];
    for (const lane of Object.values(this.#lanes)) {
      for (const [tenant, queue] of lane) {
        const kept = queue.filter((entry) => !drop(entry));
        if (kept.length === queue.length) continue;
        removed.push(...queue.filter(drop));
        this.#replace(lane, tenant, kept);
      }
    }
    for (const entry of removed) this.#tokens[entry.lane] -= entry.tokens;
    return removed;
  }

  /** The next batch for one free worker, of what `fits` it; empty when there is nothing it should start. All of one group. */
  take({ free, total, quiet = false }: Capacity, fits: (entry: E) => boolean = () => true): E[] {
    const interactive = this.#pick('interactive', total, this.#limits.batchItems, fits);
    if (interactive.length > 0) return interactive;
    // Where live requests come and go, one of them must find a worker at once.
    const mayTake = free > 1 || total === 1 || quiet;
    return mayTake ? this.#pick('batch', total, this.#limits.batchLaneItems, fits) : [];
  }

  /** The entry that should be first among those that are waiting for what no worker has yet; it stays queued. */
  next({ free, total }: Capacity, fits: (entry: E) => boolean): E | undefined {
    const first = (lane: Lane) => inTurns([...this.#lanes[lane].values()], 1, fits);
    const [interactive] = first('interactive');
    const leavesOneFree = free > 1 || total === 1;
    return interactive ?? (leavesOneFree ? first('batch')[0] : undefined);
  }

  #pick(name: Lane, workers: number, maxItems: number, fits: (entry: E) => boolean): E[] {
    const lane = this.#lanes[name];
    const { batchTokens, batchItems } = this.#limits;
    const waiting = inTurns([...lane.values()], lookAhead * batchItems, fits);
    const oldest = waiting[0];
    if (!oldest) return [];
    const candidates = waiting.filter((entry) => entry.group === oldest.group);
    // An even share: one worker taking all that waits would leave the others idle.
    const share = Math.min(maxItems, Math.ceil(candidates.length / workers));
    const taken = new Set(similarLength(candidates, oldest, share, batchTokens));
    for (const tenant of new Set([...taken].map((entry) => entry.tenant))) {
      const kept = (lane.get(tenant) ?? []).filter((entry) => !taken.has(entry));
      // Deleting and adding again sends the tenant to the end of the turn order.
      lane.delete(tenant);
      this.#replace(lane, tenant, kept);
    }
    for (const entry of taken) this.#tokens[entry.lane] -= entry.tokens;
    return [...taken];
  }

  #replace(lane: Map<string, E[]>, tenant: string, queue: E[]): void {
    if (queue.length > 0) lane.set(tenant, queue);
    else lane.delete(tenant);
  }
}

/** Of what `fits` the first of each queue, then the second of each, and so on, `limit` in all. */
function inTurns<E>(all: E[][], limit: number, fits: (entry: E) => boolean): E[] {
  const queues = all.map((queue) => firstOf(queue, limit, fits));
  if (queues.length === 1) return queues[0] ?? [];
  const merged: E[] = [];
  const longest = Math.max(0, ...queues.map((queue) => queue.length));
  for (let turn = 0; turn < longest && merged.length < limit; turn++) {
    for (const queue of queues) {
      const entry = queue[turn];
      if (entry && merged.length < limit) merged.push(entry);
    }
  }
  return merged;
}

/** No further than `limit` of them: a queue may be long, and this is asked at every dispatch. */
function firstOf<E>(queue: E[], limit: number, fits: (entry: E) => boolean): E[] {
  const found: E[] = [];
  for (const entry of queue) {
    if (found.length === limit) break;
    if (fits(entry)) found.push(entry);
  }
  return found;
}

/** `oldest` and the candidates next to it in length, at most `items` of them and `budget` padded tokens. */
function similarLength<E extends Entry>(candidates: E[], oldest: E, items: number, budget: number): E[] {
  const sorted = candidates.toSorted((a, b) => a.tokens - b.tokens);
  let from = sorted.indexOf(oldest);
  let to = from + 1;
  while (to - from < items) {
    const shorter = sorted[from - 1];
    const longer = sorted[to];
    const longest = sorted[to - 1]?.tokens ?? 0;
    if (!shorter && !longer) break;
    const shorterGap = shorter ? oldest.tokens - shorter.tokens : Number.POSITIVE_INFINITY;
    const longerGap = longer ? longer.tokens - oldest.tokens : Number.POSITIVE_INFINITY;
    const grow = shorterGap <= longerGap ? 'shorter' : 'longer';
    const width = grow === 'shorter' ? longest : (longer?.tokens ?? 0);
    if (width * (to - from + 1) > budget) break;
    if (grow === 'shorter') from--;
    else to++;
  }
  return sorted.slice(from, to);
}
