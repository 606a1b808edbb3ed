import { and, desc, eq, lt, or } from 'drizzle-orm';
import { ParlanceError, type SignIn, scopes, scopesOfRole } from '#contracts';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/id.ts';
import { person, personSession } from '../db/schema/index.ts';
import { recordAudit } from '../identity/audit.ts';
import { hashSecret } from '../identity/authenticator.ts';
import { createLookup } from '../identity/lookup.ts';
import type { Principal } from '../principal.ts';
import { isToken, newToken } from './tokens.ts';

const dayMs = 86_400_000;
/** A sign-in ends when it was not used for so long, and at the latest so long after it began. */
export const sessionDays = { idle: 7, atMost: 30 };
const touchEveryMs = 60_000;

interface Known {
  id: string;
  personId: string;
  principal: Principal;
  createdAt: number;
  /** When it was last used, as far as is known here. */
  usedAt: number;
  /** When `last_used_at` was last written from here. */
  touchedAt: number;
}

export interface SessionStore {
  /** Signs somebody in, in the transaction that proved who they are. Answers the token, which is kept nowhere. */
  start(tx: Transaction, personId: string, device: { userAgent: string; how: string }): Promise<string>;
  /** Whose token it is; null when it is unknown or over, or they are disabled. A promise only when the database is asked. */
  authenticate(token: string): Principal | null | Promise<Principal | null>;
  /** Where the caller is signed in, latest first. `token` is the one this request came by. */
  list(caller: Principal, token: string | undefined): Promise<SignIn[]>;
  /** Ends one of the caller's own. Throws `not_found`. */
  end(caller: Principal, id: string): Promise<void>;
  /** Ends the one with this token; of one that is over already nothing is left to end. */
  signOut(token: string): Promise<void>;
  /** Ends every one of a person, in the transaction of its cause. Say `forget` once that is committed. */
  endAll(tx: Transaction, personId: string): Promise<void>;
  /** From here on what is known of a person is asked for anew: at once here, within ten seconds in other processes. */
  forget(personId: string): void;
}

/** Sign-ins over the database. `now` gives milliseconds since 1970. */
export function createSessionStore(db: Database, now: () => number): SessionStore {
  const sessions = createLookup<Known>(find, now);

  async function find(hash: string): Promise<Known | null> {
    const [row] = await db.withKeyHash(hash, (tx) =>
      tx.select().from(personSession).where(eq(personSession.hash, hash)).limit(1),
    );
    if (!row) return null;
    const { tenantId: tenant, id, personId } = row;
    const [who] = await db.withTenant(tenant, (tx) =>
      tx.select().from(person).where(eq(person.id, personId)),
    );
    if (!who || who.disabledAt) return null;
    const times = timesOf(row);
    return { id, personId, principal: principalOf(tenant, who), ...times, touchedAt: times.usedAt };
  }

  function admit(session: Known | null): Principal | null {
    if (!session || isOver(session, now())) return null;
    session.usedAt = now();
    if (now() - session.touchedAt >= touchEveryMs) touch(session);
    return session.principal;
  }

  /** In the background, as for API keys. */
  function touch(session: Known): void {
    session.touchedAt = now();
    const lastUsedAt = new Date(session.touchedAt);
    db.withTenant(session.principal.tenant, (tx) =>
      tx.update(personSession).set({ lastUsedAt }).where(eq(personSession.id, session.id)),
    ).catch(() => {});
  }

  /** False when the person has no such session. */
  async function remove(tx: Transaction, which: { id: string; personId: string }): Promise<boolean> {
    const mine = and(eq(personSession.id, which.id), eq(personSession.personId, which.personId));
    const gone = await tx.delete(personSession).where(mine).returning({ id: personSession.id });
    if (gone.length === 0) return false;
    await recordAudit(tx, { actor: `user:${which.personId}`, action: 'session.ended', target: which.id });
    return true;
  }

  return {
    async start(tx, personId, { userAgent, how }) {
      const token = newToken('pls');
      const id = newId('ses');
      const at = new Date(now());
      await tx.delete(personSession).where(longOver(now()));
      await tx.insert(personSession).values({
        id,
        hash: hashSecret(token),
        personId,
        userAgent: userAgent.slice(0, 300),
        createdAt: at,
        lastUsedAt: at,
      });
      await recordAudit(tx, {
        actor: `user:${personId}`,
        action: 'session.started',
        target: id,
        detail: { how },
      });
      return token;
    },

    authenticate(token) {
      if (!isToken('pls', token)) return null;
      const found = sessions.get(hashSecret(token));
      return found instanceof Promise ? found.then(admit) : admit(found);
    },

    async list({ tenant, user }, token) {
      if (!user) return [];
      const current = token === undefined ? undefined : hashSecret(token);
      const rows = await db.withTenant(tenant, (tx) =>
        tx
          .select()
          .from(personSession)
          .where(eq(personSession.personId, user.id))
          .orderBy(desc(personSession.lastUsedAt), desc(personSession.id)),
      );
      const lasting = rows.filter((row) => !isOver(timesOf(row), now()));
      return lasting.map((row) => asSignIn(row, row.hash === current));
    },

    async end({ tenant, user }, id) {
      const personId = user?.id ?? '';
      const ended = await db.withTenant(tenant, (tx) => remove(tx, { id, personId }));
      if (!ended) throw new ParlanceError('not_found', 'There is no such sign-in of yours.');
      sessions.forget((session) => session.id === id);
    },

    async signOut(token) {
      const hash = hashSecret(token);
      const [row] = isToken('pls', token)
        ? await db.withKeyHash(hash, (tx) =>
            tx.select().from(personSession).where(eq(personSession.hash, hash)),
          )
        : [];
      if (!row) return;
      await db.withTenant(row.tenantId, (tx) => remove(tx, row));
      sessions.forget((session) => session.id === row.id);
    },

    async endAll(tx, personId) {
      await tx.delete(personSession).where(eq(personSession.personId, personId));
    },

    forget: (personId) => sessions.forget((session) => session.personId === personId),
  };
}

function principalOf(tenant: string, who: typeof person.$inferSelect): Principal {
  const given = new Set(who.roles.flatMap((role) => scopesOfRole[role]));
  return {
    tenant,
    actor: `user:${who.id}`,
    scopes: scopes.filter((scope) => given.has(scope)),
    ratePerMinute: null,
    user: { id: who.id, name: who.name },
    customer: null,
  };
}

const isOver = ({ createdAt, usedAt }: Pick<Known, 'createdAt' | 'usedAt'>, now: number) =>
  now - usedAt >= sessionDays.idle * dayMs || now - createdAt >= sessionDays.atMost * dayMs;

const longOver = (now: number) =>
  or(
    lt(personSession.lastUsedAt, new Date(now - sessionDays.idle * dayMs)),
    lt(personSession.createdAt, new Date(now - sessionDays.atMost * dayMs)),
  );

const timesOf = (row: typeof personSession.$inferSelect) => ({
  createdAt: row.createdAt.getTime(),
  usedAt: row.lastUsedAt.getTime(),
});

function asSignIn(row: typeof personSession.$inferSelect, current: boolean): SignIn {
  return {
    id: row.id,
    userAgent: row.userAgent,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt.toISOString(),
    current,
  };
}
