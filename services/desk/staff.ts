import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Availability, Colleague, ColleagueList } from '#contracts';
import type { Transaction } from '../db/database.ts';
import { apiKey, conversation, person, team } from '../db/schema/index.ts';
import type { Principal } from '../principal.ts';
import type { Agent, Receiver } from './ownership.ts';

/** Whoever can have a conversation, or had one. */
interface Member extends Agent {
  state: Availability | 'disabled';
}

/** Who acts: the person, or the key with an agent's rights, by its own name. */
export async function agentOf(tx: Transaction, principal: Principal): Promise<Agent> {
  if (principal.user) return principal.user;
  const id = principal.actor.replace(/^key:/, '');
  return { id, name: (await findMember(tx, id))?.name ?? id };
}

/** A person or key by id; null when there is none. A key is there as long as it works. */
export async function findMember(tx: Transaction, id: string): Promise<Member | null> {
  const [row] = await tx.select().from(person).where(eq(person.id, id));
  if (row) return { id, name: row.name, state: row.disabledAt ? 'disabled' : row.availability };
  const [key] = await tx.select().from(apiKey).where(eq(apiKey.id, id));
  return key ? { id, name: key.name, state: key.revokedAt ? 'disabled' : 'available' } : null;
}

/** The person or team a conversation is to go to; null when there is none. Nothing is passed to a key: nobody reads there. */
export async function findReceiver(
  tx: Transaction,
  { userId, teamId }: { userId: string | null; teamId: string | null },
): Promise<Receiver | null> {
  if (teamId !== null) {
    const [found] = await tx.select().from(team).where(eq(team.id, teamId));
    return found ? { kind: 'team', teamId, name: found.name } : null;
  }
  const [found] = await tx
    .select()
    .from(person)
    .where(eq(person.id, userId ?? ''));
  if (!found || !worksHere(found)) return null;
  const state = found.disabledAt ? 'disabled' : found.availability;
  return { kind: 'person', userId: found.id, name: found.name, state };
}

/** Those who answer customers, whom to ask first in front, and the teams. */
export async function listColleagues(tx: Transaction): Promise<ColleagueList> {
  const has = tx
    .select({ userId: conversation.ownerUserId, open: sql<number>`count(*)::int`.as('open') })
    .from(conversation)
    .where(and(eq(conversation.ownerKind, 'human'), isNotNull(conversation.ownerUserId)))
    .groupBy(conversation.ownerUserId)
    .as('has');
  const people = await tx
    .select({ person, open: sql<number>`coalesce(${has.open}, 0)` })
    .from(person)
    .leftJoin(has, eq(has.userId, person.id))
    .where(isNull(person.disabledAt))
    .orderBy(asc(person.name), asc(person.id));
  const colleagues = people
    .filter((each) => worksHere(each.person))
    .map(
      ({ person: { id, name, availability, teamIds }, open }): Colleague => ({
        userId: id,
        name,
        availability,
        teamIds,
        open,
      }),
    );
  const away = (each: Colleague) => Number(each.availability === 'away');
  colleagues.sort((a, b) => away(a) - away(b) || a.open - b.open);
  const teams = await tx.select({ id: team.id, name: team.name }).from(team).orderBy(asc(team.name));
  return { colleagues, teams };
}

const worksHere = ({ roles }: { roles: string[] }) => roles.includes('agent') || roles.includes('admin');
