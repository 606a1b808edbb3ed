import { ParlanceError } from '#contracts';

/** What is known of a model from having served it. Times are milliseconds. */
export interface ModelRecord {
  /** Of the last time it was loaded, warm-up included. */
  loadMs?: number;
  /** What a worker grew by then, at most. */
  bytes?: number;
  /** What it has answered, and for how long workers were busy with that. */
  texts: number;
  tokens: number;
  busyMs: number;
  failure?: ModelFailure | undefined;
  /** Workers that died of its batches since one was answered. */
  deaths: number;
}

export interface ModelFailure {
  reason: string;
  /** Until then it is not tried again. */
  until: number;
  /** In a row. */
  times: number;
  /** It failed while it served, and not to be loaded. */
  serving: boolean;
}

interface FailedModel {
  reason: string;
  serving?: boolean;
}

const longestCooldownMs = 600_000;
/** Workers that a model may cost before it counts as one that cannot be served: one text may be to blame for two. */
const deathsAllowed = 3;

/** Keeps a record of each model, and refuses those that failed until their cool-down is over. */
export class ModelRecords {
  readonly #records = new Map<string, ModelRecord>();
  readonly #cooldownMs: number;

  /** @param cooldownMs of a first failure; each further one doubles it, to ten minutes at most */
  constructor(cooldownMs: number) {
    this.#cooldownMs = cooldownMs;
  }

  get(id: string): ModelRecord {
    const known = this.#records.get(id);
    if (known) return known;
    const fresh: ModelRecord = { texts: 0, tokens: 0, busyMs: 0, deaths: 0 };
    this.#records.set(id, fresh);
    return fresh;
  }

  loaded(id: string, loadMs: number, bytes: number): void {
    const record = this.get(id);
    // Memory that others left behind is used again, which makes a model look smaller than it is.
    const most = Math.max(bytes, record.bytes ?? 0);
    Object.assign(record, { loadMs, bytes: most, failure: undefined });
  }

  answered(id: string, { texts, tokens, busyMs }: Pick<ModelRecord, 'texts' | 'tokens' | 'busyMs'>): void {
    const record = this.get(id);
    record.texts += texts;
    record.tokens += tokens;
    record.busyMs += busyMs;
    record.deaths = 0;
  }

  failed(id: string, { reason, serving = false }: FailedModel, now: number): ModelFailure {
    const record = this.get(id);
    const times = (record.failure?.times ?? 0) + 1;
    const cooldown = Math.min(this.#cooldownMs * 2 ** (times - 1), longestCooldownMs);
    record.failure = { reason, until: now + cooldown, times, serving };
    record.deaths = 0;
    return record.failure;
  }

  /** A worker died of a batch of it. */
  died(id: string, now: number): void {
    const record = this.get(id);
    if (++record.deaths < deathsAllowed) return;
    this.failed(id, { reason: `${deathsAllowed} workers in a row died of it`, serving: true }, now);
  }

  /** Forgets everything, as for a model that is there no more or is another now. */
  forget(id: string): void {
    this.#records.delete(id);
  }

  /** Why a model is not to be tried now; undefined where it may be. */
  refusal(id: string, now: number): ParlanceError | undefined {
    const failure = this.#records.get(id)?.failure;
    if (!failure || failure.until <= now) return undefined;
    return failedToLoad(id, failure, now);
  }
}

export function failedToLoad(id: string, { reason, until }: ModelFailure, now: number): ParlanceError {
  const retryAfter = Math.max(1, Math.ceil((until - now) / 1000));
  const detail = `The model ${id} cannot be used: ${reason}. It is tried again in ${retryAfter} s at the earliest.`;
  return new ParlanceError('model_unavailable', detail, { details: { retryAfter } });
}
