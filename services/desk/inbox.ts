import { and, eq, isNull, ne, type SQL, sql } from 'drizzle-orm';
import { type InboxPage, type InboxQuery, type InboxView, ParlanceError } from '#contracts';
import { deskTopic } from '../conversations/topics.ts';
import type { Transaction } from '../db/database.ts';
import { lastSeqOf } from '../db/events.ts';
import { conversation } from '../db/schema/index.ts';
import { listEntries } from './entry.ts';
import { matches } from './search.ts';

/**
 * A page of the inbox as the agent sees it. What changes while someone pages moves to the top, where the desk's stream
 * shows it: no page repeats or skips an entry that stayed. Throws `invalid_input` for an `after` that no page gave.
 */
export async function readInbox(tx: Transaction, agentId: string, query: InboxQuery): Promise<InboxPage> {
  // First: what is committed between two statements then comes again by the stream, and is not missed.
  const cursor = await lastSeqOf(tx, deskTopic);
  const views = viewsOf(agentId, query.closed);
  const wanted = and(
    views[query.view],
    query.search ? matches(query.search) : undefined,
    before(query.after),
  );
  const found = await listEntries(tx, wanted, query.limit + 1);
  const entries = found.slice(0, query.limit);
  const last = entries.at(-1);
  return {
    entries,
    counts: await countsOf(tx, views),
    next: found.length > entries.length && last ? `${Date.parse(last.updatedAt)}.${last.id}` : null,
    cursor,
  };
}

type Views = Record<InboxView, SQL | undefined>;

/** A closed conversation is in nobody's queue; it is still among those of whoever had it. */
function viewsOf(agentId: string, closed: boolean): Views {
  const { ownerKind, ownerUserId } = conversation;
  const open = closed ? eq(ownerKind, 'closed') : ne(ownerKind, 'closed');
  return {
    mine: and(open, eq(ownerUserId, agentId)),
    unassigned: and(open, eq(ownerKind, 'human'), isNull(ownerUserId)),
    bot: and(open, eq(ownerKind, 'bot')),
    all: open,
  };
}

async function countsOf(tx: Transaction, views: Views): Promise<InboxPage['counts']> {
  const count = (view: SQL | undefined) => sql<number>`count(*) filter (where ${view})::int`;
  const [counts] = await tx
    .select({
      mine: count(views.mine),
      unassigned: count(views.unassigned),
      bot: count(views.bot),
      all: count(views.all),
    })
    .from(conversation);
  if (!counts) throw new Error('a count answered no row');
  return counts;
}

function before(after: string | undefined): SQL | undefined {
  if (after === undefined) return undefined;
  const [, ms, id] = /^(\d{1,14})\.([\w-]{1,64})$/.exec(after) ?? [];
  if (ms === undefined) throw ParlanceError.field('/after', 'Pass `next` of the page before.');
  const moment = new Date(Number(ms)).toISOString();
  return sql`(${conversation.updatedAt}, ${conversation.id}) < (${moment}::timestamptz, ${id})`;
}
