import { EventEmitter } from 'node:events';

/**
 * Wakes those who read a log when it has grown. It carries no data: whoever is woken reads from the database, from
 * where they stood, so a wake-up that is lost or doubled does no harm.
 */
export interface Live {
  wake(tenant: string, topic: string): void;
  /** Calls `onWake` at every growth until the returned function is called. */
  listen(tenant: string, topic: string, onWake: () => void): () => void;
}

/** Within one process. */
export function createLive(): Live {
  const emitter = new EventEmitter();
  // One listener per open page is expected, not a leak.
  emitter.setMaxListeners(0);
  const name = (tenant: string, topic: string) => `${tenant}\n${topic}`;
  return {
    wake: (tenant, topic) => void emitter.emit(name(tenant, topic)),
    listen(tenant, topic, onWake) {
      emitter.on(name(tenant, topic), onWake);
      return () => emitter.off(name(tenant, topic), onWake);
    },
  };
}
