import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { ParlanceError, type SaveTeamRequest, type Team } from '#contracts';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/id.ts';
import { earlierResult } from '../db/idempotency.ts';
import { conversation, person, team } from '../db/schema/index.ts';
import { recordAudit } from '../identity/audit.ts';
import type { Principal } from '../principal.ts';

type Author = Pick<Principal, 'tenant' | 'actor'>;
type Row = typeof team.$inferSelect;

export interface TeamStore {
  /** By name. */
  list(tenant: string): Promise<Team[]>;
  /** Throws `conflict` for a name that is taken. With an `idempotencyKey` that was used before, answers that team. */
  create(author: Author, request: SaveTeamRequest, idempotencyKey?: string): Promise<Team>;
  /** Throws `not_found`, and `conflict` for a name that is taken. */
  rename(author: Author, id: string, request: SaveTeamRequest): Promise<Team>;
  /** Its members stay. Throws `not_found`, and `conflict` while conversations wait for it. */
  remove(author: Author, id: string): Promise<void>;
}

/** Teams over the database. */
export function createTeamStore(db: Database): TeamStore {
  return {
    async list(tenant) {
      const rows = await db.withTenant(tenant, (tx) => tx.select().from(team).orderBy(asc(team.name)));
      return rows.map(asTeam);
    },

    create: (author, { name }, idempotencyKey) =>
      db.withTenant(author.tenant, async (tx) => {
        const id = newId('team');
        if (idempotencyKey !== undefined) {
          const retry = { key: idempotencyKey, operation: 'team.create', body: { name } };
          const earlier = await earlierResult(tx, retry, id);
          if (earlier) return asTeam(await findTeam(tx, earlier));
        }
        const [row] = await tx.insert(team).values({ id, name }).onConflictDoNothing().returning();
        if (!row) throw taken();
        await recordAudit(tx, { actor: author.actor, action: 'team.created', target: id, detail: { name } });
        return asTeam(row);
      }),

    rename: (author, id, { name }) =>
      db.withTenant(author.tenant, async (tx) => {
        const before = await findTeam(tx, id);
        if (before.name === name) return asTeam(before);
        const namesakes = await tx.select({ id: team.id }).from(team).where(eq(team.name, name));
        if (namesakes.length > 0) throw taken();
        const [row] = await tx.update(team).set({ name }).where(eq(team.id, id)).returning();
        const detail = { from: before.name, to: name };
        await recordAudit(tx, { actor: author.actor, action: 'team.renamed', target: id, detail });
        return asTeam(row ?? before);
      }),

    remove: (author, id) =>
      db.withTenant(author.tenant, async (tx) => {
        const { name } = await findTeam(tx, id);
        const waiting = await tx
          .select({ id: conversation.id })
          .from(conversation)
          .where(and(eq(conversation.ownerTeamId, id), eq(conversation.ownerKind, 'human')))
          .limit(1);
        if (waiting.length > 0) {
          throw new ParlanceError('conflict', `Conversations wait for ${name}. Hand them to somebody first.`);
        }
        await tx.delete(team).where(eq(team.id, id));
        await tx
          .update(person)
          .set({ teamIds: sql`${person.teamIds} - ${id}::text` })
          .where(sql`${person.teamIds} ? ${id}::text`);
        await recordAudit(tx, { actor: author.actor, action: 'team.removed', target: id, detail: { name } });
      }),
  };
}

/** Throws `invalid_input` naming the first of `ids` that is no team. */
export async function requireTeams(tx: Transaction, ids: string[]): Promise<void> {
  const known = new Set(await existingTeams(tx, ids));
  const missing = ids.findIndex((id) => !known.has(id));
  if (missing >= 0) throw ParlanceError.field(`/teamIds/${missing}`, 'There is no team with this id.');
}

/** Those of `ids` that are teams. */
export async function existingTeams(tx: Transaction, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx.select({ id: team.id }).from(team).where(inArray(team.id, ids));
  return rows.map((row) => row.id);
}

async function findTeam(tx: Transaction, id: string): Promise<Row> {
  const [row] = await tx.select().from(team).where(eq(team.id, id));
  if (!row) throw new ParlanceError('not_found', 'There is no team with this id.');
  return row;
}

const taken = () => ParlanceError.field('/name', 'There is a team of this name already.', 'conflict');

const asTeam = ({ id, name, createdAt }: Row): Team => ({ id, name, createdAt: createdAt.toISOString() });
