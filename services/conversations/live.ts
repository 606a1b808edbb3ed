import { EventEmitter } from 'node:events';
import type { Event } from '#contracts';
import type { Database } from '../db/database.ts';
import { lastSeqOf, readEvents } from '../db/events.ts';
import { conversationTopic, deskTopic } from './topics.ts';

/**
 * Wakes those who read a log when it has grown. Whoever is woken reads on from where they stood, so a wake-up that is lost or
 * doubled does no harm.
 */
export interface Live {
  wake(tenant: string, topic: string): void;
  /** Wakes, and keeps the events at hand for those who listen. They must be committed. */
  publish(tenant: string, topic: string, events: Event[]): void;
  /**
   * The events that follow `since` without a gap, as far as they are at hand; undefined when the next one is not, and only
   * the database knows whether there is one.
   */
  recent(tenant: string, topic: string, since: number): Event[] | undefined;
  /** Calls `onWake` at every growth until the returned function is called. */
  listen(tenant: string, topic: string, onWake: () => void): () => void;
}

/** How often a server's database is asked what other processes wrote. */
const pollMs = 250;
const pageSize = 500;
/** Events of one topic at hand: more than a reader that keeps up can be behind. */
const kept = 64;

/**
 * Within one process, and across those that share a server's database: the desk's log points to every event of a tenant,
 * so one small query for each tenant somebody listens to finds what other processes wrote.
 */
export function createLive(db?: Pick<Database, 'kind' | 'withTenant'>): Live {
  const emitter = new EventEmitter();
  // One listener per open page is expected, not a leak.
  emitter.setMaxListeners(0);
  const name = (tenant: string, topic: string) => `${tenant}\n${topic}`;
  const wake = (tenant: string, topic: string) => void emitter.emit(name(tenant, topic));
  const wakeAll = (tenant: string) => {
    for (const each of emitter.eventNames())
      if (String(each).startsWith(name(tenant, ''))) emitter.emit(each);
  };
  const atHand = new Map<string, Event[]>();
  const polls = new Map<string, { listeners: number; stop(): void }>();

  const join = (tenant: string) => {
    if (db?.kind !== 'postgres') return () => {};
    const grown = (topic?: string) => (topic ? wake(tenant, topic) : wakeAll(tenant));
    const poll = polls.get(tenant) ?? { listeners: 0, stop: pollDesk(db, tenant, grown) };
    polls.set(tenant, poll);
    poll.listeners++;
    return () => {
      if (--poll.listeners > 0) return;
      poll.stop();
      polls.delete(tenant);
    };
  };

  return {
    wake,
    publish(tenant, topic, events) {
      const key = name(tenant, topic);
      if (emitter.listenerCount(key) === 0) return;
      atHand.set(key, [...(atHand.get(key) ?? []), ...events].slice(-kept));
      wake(tenant, topic);
    },
    recent(tenant, topic, since) {
      const events = atHand.get(name(tenant, topic)) ?? [];
      const from = events.findIndex(({ seq }) => seq === since + 1);
      if (from < 0) return undefined;
      // Another process may have written between two of ours.
      const gap = events.findIndex(({ seq }, at) => at > from && seq !== since + 1 + at - from);
      return events.slice(from, gap < 0 ? undefined : gap);
    },
    listen(tenant, topic, onWake) {
      const key = name(tenant, topic);
      emitter.on(key, onWake);
      const leave = join(tenant);
      return () => {
        emitter.off(key, onWake);
        if (emitter.listenerCount(key) === 0) atHand.delete(key);
        leave();
      };
    },
  };
}

/** Calls `grown` with each topic that grows, until the returned function is called. */
function pollDesk(
  db: Pick<Database, 'withTenant'>,
  tenant: string,
  grown: (topic?: string) => void,
): () => void {
  let place: number | undefined;
  const look = async () => {
    if (place === undefined) {
      place = await db.withTenant(tenant, (tx) => lastSeqOf(tx, deskTopic));
      // What was written between a reader's first look and this one is before `place`.
      grown();
    }
    const since = place;
    const pointers = await db.withTenant(tenant, (tx) => readEvents(tx, deskTopic, since, pageSize));
    const ids = new Set(pointers.map(({ data }) => String(data?.conversationId)));
    for (const id of ids) grown(conversationTopic(id));
    if (ids.size > 0) grown(deskTopic);
    place = pointers.at(-1)?.seq ?? since;
  };
  let stopped = false;
  const run = async () => {
    // A server that is away for a while is asked again; readers meet the failure themselves.
    await look().catch(() => {});
    if (!stopped) setTimeout(run, pollMs).unref();
  };
  void run();
  return () => {
    stopped = true;
  };
}
