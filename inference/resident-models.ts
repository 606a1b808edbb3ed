/** A model in the memory of a worker. */
export interface Resident {
  id: string;
  revision: string;
  /** What the worker grew by when it was loaded. */
  bytes: number;
  /** Milliseconds on any one clock. */
  usedAt: number;
}

/** The models that one worker holds, and which of them must go for another. */
export class ResidentModels {
  readonly #models = new Map<string, Resident>();

  get all(): Resident[] {
    return [...this.#models.values()];
  }

  get bytes(): number {
    return this.all.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get(id: string): Resident | undefined {
    return this.#models.get(id);
  }

  add(model: Resident): void {
    this.#models.set(model.id, model);
  }

  remove(id: string): void {
    this.#models.delete(id);
  }

  use(id: string, now: number): void {
    const model = this.#models.get(id);
    if (model) model.usedAt = now;
  }

  /**
   * Which models to let go, the least recently used first, so that `bytes` more stay within `budget`; undefined where even
   * all that may go would not be enough.
   */
  makeRoom(bytes: number, budget: number, keeps: (id: string) => boolean): string[] | undefined {
    let excess = this.bytes + bytes - budget;
    const going: string[] = [];
    for (const { id, bytes: freed } of this.all.toSorted((a, b) => a.usedAt - b.usedAt)) {
      if (excess <= 0) break;
      if (keeps(id)) continue;
      going.push(id);
      excess -= freed;
    }
    return excess <= 0 ? going : undefined;
  }
}
