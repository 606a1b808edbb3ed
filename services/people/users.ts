import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { type ChangeUserRequest, ParlanceError, type User } from '#contracts';
import type { Database, Transaction } from '../db/database.ts';
import { person } from '../db/schema/index.ts';
import { recordAudit } from '../identity/audit.ts';
import { defaultTenant, localUserId, type Principal } from '../principal.ts';
import { createLocalPerson } from './local.ts';
import type { SessionStore } from './sessions.ts';
import { requireTeams } from './teams.ts';

export type PersonRow = typeof person.$inferSelect;
/** Who does it, as the audit log will say. */
export type Author = Pick<Principal, 'tenant' | 'actor' | 'user'>;

export interface UserStore {
  /** Everybody who works here or once did, in the order in which they came. */
  list(tenant: string): Promise<User[]>;
  /** Throws `not_found`. */
  get(tenant: string, id: string): Promise<User>;
  /**
   * Changes what is named. Throws `not_found`, `invalid_input` for a team that is not there, and `conflict` where it
   * would leave nobody who manages people, or lock out the one who asks.
   */
  change(author: Author, id: string, request: ChangeUserRequest): Promise<User>;
  /** Whether they take new conversations. Throws `not_found`. */
  setAvailability(tenant: string, id: string, availability: User['availability']): Promise<User>;
  /** Whoever sits at this machine, with every scope. They become a user on first use. */
  local(): Principal | Promise<Principal>;
  /** Whether anybody could sign in and let others in. */
  hasAdmin(tenant?: string): Promise<boolean>;
}

/** Users over the database. */
export function createUserStore(db: Database, sessions: SessionStore, now: () => number): UserStore {
  const local = createLocalPerson(db, now);

  return {
    async list(tenant) {
      const rows = await db.withTenant(tenant, (tx) =>
        tx.select().from(person).orderBy(asc(person.createdAt), asc(person.id)),
      );
      return rows.map(asUser);
    },

    get: (tenant, id) => db.withTenant(tenant, async (tx) => asUser(await findPerson(tx, id))),

    async change(author, id, request) {
      const row = await db.withTenant(author.tenant, async (tx) => {
        const [before, after] = await change(tx, author, id, request, new Date(now()));
        await recordChanges(tx, author.actor, before, after);
        if (after.disabledAt) await sessions.endAll(tx, id);
        return after;
      });
      sessions.forget(id);
      if (id === localUserId) local.forget();
      return asUser(row);
    },

    async setAvailability(tenant, id, availability) {
      const [row] = await db.withTenant(tenant, (tx) =>
        tx.update(person).set({ availability }).where(eq(person.id, id)).returning(),
      );
      if (!row) throw nobody();
      return asUser(row);
    },

    local: local.get,

    async hasAdmin(tenant = defaultTenant) {
      const rows = await db.withTenant(tenant, (tx) =>
        tx.select({ id: person.id }).from(person).where(activeAdmin).limit(1),
      );
      return rows.length > 0;
    },
  };
}

/** Throws `not_found`. */
export async function findPerson(tx: Transaction, id: string): Promise<PersonRow> {
  const [row] = await tx.select().from(person).where(eq(person.id, id));
  if (!row) throw nobody();
  return row;
}

export function asUser(row: PersonRow): User {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    roles: row.roles,
    teamIds: row.teamIds,
    availability: row.availability,
    createdAt: row.createdAt.toISOString(),
    disabledAt: row.disabledAt?.toISOString() ?? null,
  };
}

const nobody = () => new ParlanceError('not_found', 'There is nobody with this id.');

/** The person at this machine is not counted: they have no way in once the server asks for a credential. */
const activeAdmin = and(
  isNull(person.disabledAt),
  isNotNull(person.email),
  sql`${person.roles} @> '["admin"]'::jsonb`,
);

async function change(
  tx: Transaction,
  author: Author,
  id: string,
  { disabled, ...request }: ChangeUserRequest,
  at: Date,
): Promise<[before: PersonRow, after: PersonRow]> {
  // Their rows are locked first, so that two admins who demote each other at once do not both see the other one.
  const admins = await tx
    .select({ id: person.id })
    .from(person)
    .where(activeAdmin)
    .orderBy(asc(person.id))
    .for('update');
  const before = await findPerson(tx, id);
  if (disabled && author.user?.id === id) {
    throw new ParlanceError('conflict', 'Somebody else has to disable you: you would lock yourself out.');
  }
  const steps = disabled === true || (request.roles !== undefined && !request.roles.includes('admin'));
  if (steps && admins.length === 1 && admins[0]?.id === id) {
    throw new ParlanceError('conflict', 'This is the last admin. Give somebody else the role first.');
  }
  if (request.teamIds) await requireTeams(tx, request.teamIds);

  const changes = {
    ...request,
    ...(request.roles && { roles: [...new Set(request.roles)] }),
    ...(request.teamIds && { teamIds: [...new Set(request.teamIds)] }),
    ...(disabled !== undefined && { disabledAt: disabled ? (before.disabledAt ?? at) : null }),
  };
  if (Object.keys(changes).length === 0) return [before, before];
  const [after] = await tx.update(person).set(changes).where(eq(person.id, id)).returning();
  if (!after) throw nobody();
  return [before, after];
}

async function recordChanges(tx: Transaction, actor: string, before: PersonRow, after: PersonRow) {
  const fields = ['name', 'roles', 'teamIds'] as const;
  const changed = fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  if (changed.length > 0) {
    const detail = Object.fromEntries(
      changed.map((field) => [field, { from: before[field], to: after[field] }]),
    );
    await recordAudit(tx, { actor, action: 'user.changed', target: after.id, detail });
  }
  if ((before.disabledAt === null) !== (after.disabledAt === null)) {
    const action = after.disabledAt ? 'user.disabled' : 'user.enabled';
    await recordAudit(tx, { actor, action, target: after.id });
  }
}
