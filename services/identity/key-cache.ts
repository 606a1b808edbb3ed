/** A bounded map whose entries are good for a time. The oldest entry makes room for a new one. */
export class KeyCache<V> {
  readonly #entries = new Map<string, { value: V; until: number }>();
  readonly #limit: number;
  readonly #ttlMs: number;

  constructor(options: { limit: number; ttlMs: number }) {
    this.#limit = options.limit;
    this.#ttlMs = options.ttlMs;
  }

  get(key: string, now: number): V | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (entry.until > now) return entry.value;
    this.#entries.delete(key);
    return undefined;
  }

  set(key: string, value: V, now: number): void {
    this.#entries.delete(key);
    const oldest = this.#entries.size >= this.#limit ? this.#entries.keys().next() : undefined;
    if (oldest && !oldest.done) this.#entries.delete(oldest.value);
    this.#entries.set(key, { value, until: now + this.#ttlMs });
  }

  /** Forgets every entry whose value fits. */
  forget(fits: (value: V) => boolean): void {
    for (const [key, entry] of this.#entries) if (fits(entry.value)) this.#entries.delete(key);
  }
}
