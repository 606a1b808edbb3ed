import type { Logger } from 'pino';
import {
  type Availability,
  type ColleagueList,
  type InboxPage,
  type InboxQuery,
  ParlanceError,
  type PresenceRequest,
  type Transcript,
} from '#contracts';
import type { Ledger } from '../conversations/ledger.ts';
import type { Live } from '../conversations/live.ts';
import type { Database } from '../db/database.ts';
import type { UserStore } from '../people/users.ts';
import type { Principal } from '../principal.ts';
import { createCommands, type DeskCommands } from './commands.ts';
import { findEntry } from './entry.ts';
import { createFeed } from './feed.ts';
import { readInbox } from './inbox.ts';
import { createPresence } from './presence.ts';
import { agentOf, listColleagues } from './staff.ts';
import { type Told, tellDesk } from './stream.ts';
import { readTranscript } from './transcript.ts';

/** What agents work with: conversations of their tenant, whoever speaks in them. */
export interface Desk extends DeskCommands {
  /** Throws `invalid_input` for an `after` that no page gave. */
  inbox(principal: Principal, query: InboxQuery): Promise<InboxPage>;
  /** The latest events before `before`, notes included. Throws `not_found`. */
  transcript(principal: Principal, id: string, before?: number): Promise<Transcript>;
  /** To whom a conversation can be given, whom to ask first in front. */
  colleagues(principal: Principal): Promise<ColleagueList>;
  /** Throws `unsupported` for a key: it is no person who comes and goes. */
  setAvailability(principal: Principal, availability: Availability): Promise<void>;
  /** Says where the agent is, for 15 seconds. Throws `not_found`. */
  see(principal: Principal, where: PresenceRequest): Promise<void>;
  /**
   * What happens at the desk after the change `since`, in portions, until `signal` is aborted; see `tellDesk`. `drop` breaks
   * off a reader that takes nothing.
   */
  follow(
    principal: Principal,
    since: number | undefined,
    signal: AbortSignal,
    drop: () => void,
  ): AsyncIterable<Told[]>;
}

export interface DeskParts {
  database: Database;
  ledger: Ledger;
  live: Live;
  users: Pick<UserStore, 'setAvailability'>;
  log: Pick<Logger, 'warn'>;
}

export function createDesk({ database, ledger, live, users, log }: DeskParts): Desk {
  const watch = createFeed(database, live);
  const presence = createPresence();

  return {
    ...createCommands(ledger),
    inbox: (principal, query) =>
      database.withTenant(principal.tenant, async (tx) =>
        readInbox(tx, (await agentOf(tx, principal)).id, query),
      ),
    transcript: ({ tenant }, id, before) =>
      database.withTenant(tenant, (tx) => readTranscript(tx, id, before)),
    colleagues: ({ tenant }) => database.withTenant(tenant, listColleagues),

    async setAvailability({ tenant, user }, availability) {
      if (!user) throw new ParlanceError('unsupported', 'A key is no person who comes and goes.');
      await users.setAvailability(tenant, user.id, availability);
    },

    async see(principal, { conversationId, typing }) {
      const agent = await database.withTenant(principal.tenant, async (tx) => {
        if (conversationId !== null) await findEntry(tx, conversationId);
        return agentOf(tx, principal);
      });
      presence.see(principal.tenant, agent, conversationId, typing);
    },

    async *follow({ tenant }, since, signal, drop) {
      const told = tellDesk(
        {
          watch: (onGrowth) => watch(tenant, onGrowth),
          presence: {
            list: () => presence.list(tenant),
            listen: (onChange) => presence.listen(tenant, onChange),
          },
          since,
          drop,
        },
        signal,
      );
      try {
        yield* told;
      } catch (err) {
        // The reader comes back, and meets what is wrong as an answer.
        log.warn({ err }, 'a stream of the desk broke off');
      }
    },
  };
}
