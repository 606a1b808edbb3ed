import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import { type CustomerStore, createCustomerStore } from './customers.ts';
import { createInvitationStore, type InvitationStore } from './invitations.ts';
import { createOpenIdProvider, type OpenIdProvider } from './open-id.ts';
import { createProviderSignIn, type ProviderSignIn } from './provider-sign-in.ts';
import { createSessionStore, type SessionStore } from './sessions.ts';
import { createPasswordSignIn, type PasswordSignIn } from './sign-in.ts';
import { createTeamStore, type TeamStore } from './teams.ts';
import { createUserStore, type UserStore } from './users.ts';

/** Those who work here, how they get in, and the customers they serve. */
export interface People {
  users: UserStore;
  teams: TeamStore;
  invitations: InvitationStore;
  sessions: SessionStore;
  passwords: PasswordSignIn;
  /** Null where no provider is configured. */
  provider: (OpenIdProvider & ProviderSignIn) | null;
  customers: CustomerStore;
  /** Whether somebody could get in and let others in: a server that asks for credentials must have such a person. */
  hasWayIn(): Promise<boolean>;
}

/**
 * Everything about people over one database. `now` gives milliseconds since 1970, `clock` milliseconds that only move on.
 */
export function createPeople(
  db: Database,
  config: Pick<Config, 'openId' | 'customerChat' | 'customerSecrets'>,
  now: () => number = Date.now,
  clock: () => number = () => performance.now(),
): People {
  const sessions = createSessionStore(db, now);
  const users = createUserStore(db, sessions, now);
  const invitations = createInvitationStore(db, sessions, now);
  const { openId, customerChat: open, customerSecrets: secrets } = config;
  return {
    users,
    teams: createTeamStore(db),
    invitations,
    sessions,
    passwords: createPasswordSignIn(db, sessions, clock),
    provider: openId && { ...createOpenIdProvider(openId), ...createProviderSignIn(db, sessions, now) },
    customers: createCustomerStore(db, { open, secrets, now, clock }),
    hasWayIn: async () => (await users.hasAdmin()) || (await invitations.awaitsAdmin()),
  };
}
