import { and, asc, desc, eq, gt, ne, or, sql } from 'drizzle-orm';
import {
  type DeskResult,
  type Event,
  type NoteRequest,
  ParlanceError,
  type ReplyRequest,
  type TakeRequest,
  type TransferRequest,
} from '#contracts';
import type { Change, Ledger } from '../conversations/ledger.ts';
import { conversationTopic } from '../conversations/topics.ts';
import { asEvent } from '../db/events.ts';
import { eventLog, message } from '../db/schema/index.ts';
import type { Principal } from '../principal.ts';
import { entryWithin } from './entry.ts';
import { type Agent, type Command, type Decision, decide } from './ownership.ts';
import { agentOf, findMember, findReceiver } from './staff.ts';

/** Messages named in a refusal. */
const newsLimit = 20;

/**
 * What an agent does with a conversation. Each is decided under the conversation's lock. Throws `not_found`, and `conflict`
 * when the conversation is a colleague's, is closed, or has news that the author of a reply had not read.
 */
export interface DeskCommands {
  take(principal: Principal, id: string, request: TakeRequest): Promise<DeskResult>;
  /** The same request id twice is one reply. */
  reply(principal: Principal, id: string, request: ReplyRequest): Promise<DeskResult>;
  /** The same request id twice is one note. */
  note(principal: Principal, id: string, request: NoteRequest): Promise<DeskResult>;
  transfer(principal: Principal, id: string, request: TransferRequest): Promise<DeskResult>;
  release(principal: Principal, id: string): Promise<DeskResult>;
  close(principal: Principal, id: string): Promise<DeskResult>;
  reopen(principal: Principal, id: string): Promise<DeskResult>;
}

/** A command for a conversation as it is now; null when it has been carried out before. */
type Prepare = (change: Change, agent: Agent) => Promise<Command | null>;

export function createCommands(ledger: Ledger): DeskCommands {
  const run = ({ tenant, ...rest }: Principal, id: string, prepare: Prepare): Promise<DeskResult> =>
    ledger.change({ tenant, customer: null }, id, async (change) => {
      const { tx } = change;
      const agent = await agentOf(tx, { tenant, ...rest });
      const command = await prepare(change, agent);
      let warning: string | null = null;
      if (command) warning = await carryOut(change, agent, await decisionOn(change, agent, command));
      return { entry: await entryWithin(tx, change.row), warning };
    });

  return {
    take: (principal, id, request) => run(principal, id, async () => ({ kind: 'take', ...request })),
    reply: (principal, id, request) =>
      run(principal, id, async (change, agent) => {
        if (await isSent(change, request)) return null;
        const news = request.sendAnyway ? [] : await newsSince(change, agent, request.seenSeq);
        return { ...request, kind: 'reply', news };
      }),
    note: (principal, id, request) =>
      run(principal, id, async (change) =>
        (await isNoted(change, request)) ? null : { kind: 'note', ...request },
      ),
    transfer: (principal, id, request) =>
      run(principal, id, async ({ tx }) => {
        const to = await findReceiver(tx, request);
        if (to) return { kind: 'transfer', to };
        const field = request.userId === null ? 'teamId' : 'userId';
        throw ParlanceError.field(`/${field}`, 'There is nobody at the desk with this id.');
      }),
    release: (principal, id) => run(principal, id, async () => ({ kind: 'release' })),
    close: (principal, id) => run(principal, id, async () => ({ kind: 'close' })),
    reopen: (principal, id) =>
      run(principal, id, async ({ tx, row }) => {
        const last = row.ownerUserId === null ? null : await findMember(tx, row.ownerUserId);
        return { kind: 'reopen', lastOwnerAvailable: last?.state === 'available' };
      }),
  };
}

async function decisionOn({ tx, row }: Change, agent: Agent, command: Command): Promise<Decision> {
  const [last] = await tx
    .select({ id: message.id })
    .from(message)
    .where(eq(message.conversationId, row.id))
    .orderBy(desc(message.seq))
    .limit(1);
  const holder = row.ownerUserId === null ? null : await findMember(tx, row.ownerUserId);
  const owner = { kind: row.ownerKind, userId: row.ownerUserId, teamId: row.ownerTeamId };
  return decide({ owner, ownerName: holder?.name ?? null, lastMessageId: last?.id ?? null }, agent, command);
}

async function carryOut(change: Change, agent: Agent, decision: Decision): Promise<string | null> {
  if ('refusal' in decision) {
    const { refusal, news } = decision;
    throw new ParlanceError('conflict', refusal, { details: { news } });
  }
  const actor = { kind: 'agent' as const, id: agent.id };
  for (const { type, data } of decision.facts) await change.add(actor, type, data);
  return decision.warning;
}

/** Whether this reply is in the conversation already. Throws `conflict` when its id is another message's. */
async function isSent({ tx, row }: Change, { id, text }: ReplyRequest): Promise<boolean> {
  const [there] = await tx
    .select()
    .from(message)
    .where(and(eq(message.conversationId, row.id), eq(message.id, id)));
  if (there && (there.author !== 'agent' || there.text !== text)) throw taken();
  return there !== undefined;
}

async function isNoted({ tx, row }: Change, { id, text }: NoteRequest): Promise<boolean> {
  const [there] = await tx
    .select({ data: eventLog.data })
    .from(eventLog)
    .where(
      and(
        eq(eventLog.topic, conversationTopic(row.id)),
        eq(eventLog.type, 'note-added'),
        sql`${eventLog.data} ->> 'noteId' = ${id}`,
      ),
    );
  if (there && there.data?.text !== text) throw taken();
  return there !== undefined;
}

const taken = () =>
  new ParlanceError('conflict', 'This id is another message’s. Send a new message with a new UUID.');

/** What the customer and colleagues wrote after `seq`, oldest first. */
async function newsSince({ tx, row }: Change, agent: Agent, seq: number): Promise<Event[]> {
  const kind = sql`${eventLog.actor} ->> 'kind'`;
  const events = await tx
    .select()
    .from(eventLog)
    .where(
      and(
        eq(eventLog.topic, conversationTopic(row.id)),
        gt(eventLog.seq, seq),
        eq(eventLog.type, 'message-added'),
        or(eq(kind, 'customer'), and(eq(kind, 'agent'), ne(sql`${eventLog.actor} ->> 'id'`, agent.id))),
      ),
    )
    .orderBy(asc(eventLog.seq))
    .limit(newsLimit);
  return events.map(asEvent);
}
