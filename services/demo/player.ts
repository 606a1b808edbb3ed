import { setTimeout as sleep } from 'node:timers/promises';
import { ParlanceError } from '#contracts';
import type { Script } from './scripts.ts';

/** How scripted customers come and speak: as others do. */
export interface Customers {
  /** A new customer's conversation. */
  open(tenant: string, customer: Script['customer']): Promise<Visit>;
}

export interface Visit {
  say(text: string): Promise<void>;
}

export interface DemoPlayer {
  /**
   * Lets the scripted customers come in, all at once, and returns; they go on speaking for some minutes, `speed` times as fast
   * as written. Throws `conflict` while they do.
   */
  play(tenant: string, speed: number): Promise<void>;
  /** Resolves when nobody plays any more. */
  done(): Promise<void>;
  /** Ends every play, in the middle of a script. */
  stop(): Promise<void>;
}

/** `failed` hears of a turn that could not be said; the customer goes on with the next one. */
export function createPlayer(parts: {
  customers: Customers;
  scripts: () => Promise<Script[]>;
  failed(error: unknown): void;
}): DemoPlayer {
  const { customers, scripts, failed } = parts;
  const playing = new Map<string, Promise<void>>();
  const stopping = new AbortController();

  async function visit(tenant: string, speed: number, script: Script): Promise<void> {
    let visitor: Visit | undefined;
    for (const { afterSeconds, text } of script.turns) {
      await sleep((afterSeconds * 1000) / speed, undefined, { signal: stopping.signal });
      try {
        visitor ??= await customers.open(tenant, script.customer);
        await visitor.say(text);
      } catch (error) {
        failed(error);
      }
    }
  }

  return {
    async play(tenant, speed) {
      if (playing.has(tenant)) throw new ParlanceError('conflict', 'The demo is playing already.');
      const cast = scripts();
      const all = cast.then((each) => Promise.allSettled(each.map((script) => visit(tenant, speed, script))));
      const over = all.then(
        () => {},
        () => {},
      );
      playing.set(
        tenant,
        over.finally(() => playing.delete(tenant)),
      );
      await cast;
    },
    async done() {
      await Promise.all(playing.values());
    },
    async stop() {
      stopping.abort();
      await Promise.all(playing.values());
    },
  };
}
