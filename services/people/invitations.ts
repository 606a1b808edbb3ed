import { and, asc, eq, gt, lte } from 'drizzle-orm';
import {
  type AcceptInvitationRequest,
  type CreatedInvitation,
  type Invitation,
  type InvitationOffer,
  type InviteRequest,
  ParlanceError,
} from '#contracts';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/id.ts';
import { earlierResult } from '../db/idempotency.ts';
import { invitation, person } from '../db/schema/index.ts';
import { recordAudit } from '../identity/audit.ts';
import { hashSecret } from '../identity/authenticator.ts';
import { defaultTenant } from '../principal.ts';
import { accept } from './acceptance.ts';
import { hashPassword } from './passwords.ts';
import type { SessionStore } from './sessions.ts';
import { requireTeams } from './teams.ts';
import { isToken, newToken } from './tokens.ts';
import { type Author, findPerson } from './users.ts';

const validMs = 7 * 86_400_000;

type Row = typeof invitation.$inferSelect;

export interface InvitationStore {
  /** Those that can still be accepted, oldest first. */
  list(tenant: string): Promise<Invitation[]>;
  /**
   * Invites an e-mail address; what was sent there before is worth nothing any more. The token is in the answer and
   * nowhere else. Throws `conflict` when somebody with this address is here, and `invalid_input` for a team that is not.
   */
  create(author: Author, request: InviteRequest, idempotencyKey?: string): Promise<CreatedInvitation>;
  /** A link with which somebody who is here chooses a new password. Throws `not_found`, and `conflict` where they have none. */
  reset(author: Author, userId: string): Promise<CreatedInvitation>;
  /** Throws `not_found`. */
  withdraw(author: Author, id: string): Promise<void>;
  /** What the holder of a token is offered. Throws `not_found` for one that is used, withdrawn, expired or made up. */
  offer(token: string): Promise<InvitationOffer>;
  /**
   * Uses the token up and signs its holder in; answers the session's token. A reset ends every other session. Throws
   * `not_found` as `offer` does, and `invalid_input` without a name to join by.
   */
  accept(token: string, request: AcceptInvitationRequest, device: { userAgent: string }): Promise<string>;
  /** Whether somebody who could let others in has yet to accept. */
  awaitsAdmin(tenant?: string): Promise<boolean>;
}

/** Invitations over the database. `now` gives milliseconds since 1970. */
export function createInvitationStore(
  db: Database,
  sessions: SessionStore,
  now: () => number,
): InvitationStore {
  const open = () => gt(invitation.expiresAt, new Date(now()));

  /** Replaces what the address was sent before. */
  async function insert(
    tx: Transaction,
    values: Pick<Row, 'id' | 'email' | 'personId' | 'roles' | 'teamIds'>,
  ) {
    const token = newToken('pli');
    await tx.delete(invitation).where(eq(invitation.email, values.email));
    await tx.delete(invitation).where(lte(invitation.expiresAt, new Date(now())));
    const [row] = await tx
      .insert(invitation)
      .values({
        ...values,
        hash: hashSecret(token),
        createdAt: new Date(now()),
        expiresAt: new Date(now() + validMs),
      })
      .returning();
    if (!row) throw new Error('insert returned no row');
    return { ...asInvitation(row), token };
  }

  async function find(token: string): Promise<Row> {
    const hash = hashSecret(token);
    const [row] = isToken('pli', token)
      ? await db.withKeyHash(hash, (tx) => tx.select().from(invitation).where(eq(invitation.hash, hash)))
      : [];
    if (!row || row.expiresAt.getTime() <= now()) throw spent();
    return row;
  }

  return {
    async list(tenant) {
      const rows = await db.withTenant(tenant, (tx) =>
        tx.select().from(invitation).where(open()).orderBy(asc(invitation.id)),
      );
      return rows.map(asInvitation);
    },

    create: (author, request, idempotencyKey) =>
      db.withTenant(author.tenant, async (tx) => {
        const id = newId('inv');
        if (idempotencyKey !== undefined) {
          const retry = { key: idempotencyKey, operation: 'invitation.create', body: request };
          const earlier = await earlierResult(tx, retry, id);
          if (earlier) return asInvitation(await findInvitation(tx, earlier));
        }
        const email = request.email;
        const [known] = await tx.select({ id: person.id }).from(person).where(eq(person.email, email));
        if (known) throw here();
        await requireTeams(tx, request.teamIds);
        const roles = [...new Set(request.roles)];
        const made = await insert(tx, {
          id,
          email,
          personId: null,
          roles,
          teamIds: [...new Set(request.teamIds)],
        });
        const detail = { email, roles };
        await recordAudit(tx, { actor: author.actor, action: 'invitation.created', target: id, detail });
        return made;
      }),

    reset: (author, userId) =>
      db.withTenant(author.tenant, async (tx) => {
        const { email, roles, teamIds, disabledAt } = await findPerson(tx, userId);
        if (email === null) throw withoutPassword();
        if (disabledAt) throw new ParlanceError('conflict', 'This person is disabled. Enable them first.');
        const made = await insert(tx, { id: newId('inv'), email, personId: userId, roles, teamIds });
        await recordAudit(tx, { actor: author.actor, action: 'password.reset-offered', target: userId });
        return made;
      }),

    async withdraw(author, id) {
      await db.withTenant(author.tenant, async (tx) => {
        const { email } = await findInvitation(tx, id);
        await tx.delete(invitation).where(eq(invitation.id, id));
        const detail = { email };
        await recordAudit(tx, { actor: author.actor, action: 'invitation.withdrawn', target: id, detail });
      });
    },

    async offer(token) {
      const { kind, email, expiresAt } = asInvitation(await find(token));
      return { kind, email, expiresAt };
    },

    async accept(token, request, { userAgent }) {
      const found = await find(token);
      if (found.personId === null && request.name === undefined) {
        throw ParlanceError.field('/name', 'Say what you want to be called.');
      }
      // Before the transaction: it takes a while, and the embedded database has one connection.
      const passwordHash = await hashPassword(request.password);
      const [personId, session] = await db.withTenant(found.tenantId, async (tx) => {
        const [used] = await tx
          .delete(invitation)
          .where(and(eq(invitation.id, found.id), open()))
          .returning();
        if (!used) throw spent();
        const id = await accept(tx, used, { name: request.name, passwordHash, at: new Date(now()) });
        if (used.personId !== null) await sessions.endAll(tx, id);
        return [id, await sessions.start(tx, id, { userAgent, how: 'invitation' })] as const;
      });
      sessions.forget(personId);
      return session;
    },

    async awaitsAdmin(tenant = defaultTenant) {
      const rows = await db.withTenant(tenant, (tx) => tx.select().from(invitation).where(open()));
      return rows.some((row) => row.roles.includes('admin'));
    },
  };
}

async function findInvitation(tx: Transaction, id: string): Promise<Row> {
  const [row] = await tx.select().from(invitation).where(eq(invitation.id, id));
  if (!row) throw new ParlanceError('not_found', 'There is no open invitation with this id.');
  return row;
}

const spent = () =>
  new ParlanceError('not_found', 'This invitation was used, withdrawn or has expired. Ask for a new one.');

const here = () =>
  ParlanceError.field(
    '/email',
    'Somebody with this e-mail address is here already. Offer them a new password instead.',
    'conflict',
  );

const withoutPassword = () =>
  new ParlanceError(
    'conflict',
    'This is whoever sits at this machine. They have no password; invite them by e-mail.',
  );

function asInvitation(row: Row): Invitation {
  return {
    id: row.id,
    kind: row.personId === null ? 'join' : 'reset',
    email: row.email,
    roles: row.roles,
    teamIds: row.teamIds,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}
