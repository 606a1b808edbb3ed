import { type Event, ParlanceError } from '#contracts';
import { languageOf, type Turn } from '#nlp';
import type { Change, Ledger, Party } from '../conversations/ledger.ts';
import { newId } from '../db/id.ts';
import { bot, ownerOf } from './answer-end.ts';
import { beginRow } from './generation-rows.ts';
import { latestMessages, type MessageRow, turnsDownTo } from './past.ts';

/** A customer's message as it comes in. */
export interface Incoming {
  conversationId: string;
  /** Of the client: the same one again is the same message. */
  messageId: string;
  text: string;
  /** What the customer saw before it, latest first: the branch it goes on from. */
  seen: string[];
  /** Of the customer, as far as is known. */
  language: string;
  name: string | null;
}

/** What became of a message under the conversation's lock. */
export interface Accepted {
  /** Of the message in the log. */
  seq: number;
  messageId: string;
  /** The message was there already. */
  again: boolean;
  /** Its answer, begun now or before; null when people have the conversation. */
  answer: { messageId: string; begun: { fence: number; turn: Turn } | null } | null;
}

/**
 * Stores a message, and begins its answer with it when the bot speaks in the conversation: both or neither. Opens the
 * conversation when there is none; one that was closed goes back to the bot. Throws `conflict` for an id that is another
 * message's, or this one's with another text, or another customer's conversation's.
 */
export async function acceptMessage(
  ledger: Ledger,
  party: Party & { asCustomer: string },
  incoming: Incoming,
): Promise<Accepted> {
  const { conversationId, text, name } = incoming;
  let accepted: Accepted | undefined;
  const work = async (change: Change) => {
    accepted = await take(change, incoming);
  };
  const change = () => ledger.change(party, conversationId, work);
  try {
    await change();
  } catch (error) {
    if (!(error instanceof ParlanceError) || error.code !== 'not_found') throw error;
    const opening = {
      id: conversationId,
      customerName: name,
      language: languageOf(text, incoming.language),
      title: '',
    };
    const opened = await ledger.open({ ...party, customer: party.asCustomer }, opening, work);
    if (!opened) await change();
  }
  if (!accepted) throw new Error('a message was neither taken nor refused');
  return accepted;
}

async function take(change: Change, incoming: Incoming): Promise<Accepted> {
  const { conversationId, messageId, text } = incoming;
  const rows = await latestMessages(change.tx, conversationId, messageId, ...incoming.seen.slice(0, 1));
  const there = rows.find(({ id }) => id === messageId);
  if (there) return takenBefore(there, text, rows);
  const parentId = parentOf(incoming.seen, rows);
  const customer = { kind: 'customer', id: change.row.customerId } as const;
  const added = await change.add(customer, 'message-added', { messageId, parentId, text, authorName: null });
  if (change.row.ownerKind === 'closed') await reopen(change, customer);
  const begun =
    change.row.ownerKind === 'bot'
      ? await begin(change, messageId, {
          message: text,
          language: languageOf(text, change.row.language),
          past: turnsDownTo(parentId, rows),
          tried: [],
        })
      : null;
  return { seq: added.seq, messageId, again: false, answer: begun };
}

function takenBefore(there: MessageRow, text: string, rows: MessageRow[]): Accepted {
  // An edited message would otherwise be lost behind the answer to what it was before.
  if (there.author !== 'customer' || there.text !== text) {
    throw new ParlanceError('conflict', 'This message id is taken. Choose another UUID.');
  }
  const answer = rows.findLast(({ author, parentId }) => author === 'bot' && parentId === there.id);
  return {
    seq: there.seq,
    messageId: there.id,
    again: true,
    answer: answer ? { messageId: answer.id, begun: null } : null,
  };
}

/** Whatever the customer saw last, or else the latest message; a message without either begins the conversation. */
function parentOf(seen: string[], rows: MessageRow[]): string | null {
  const known = seen.find((id) => rows.some((row) => row.id === id));
  return known ?? rows.at(-1)?.id ?? null;
}

/** Whoever writes again has not had the last word from the company: the bot sees to it first. */
async function reopen(change: Change, actor: Event['actor']): Promise<void> {
  const to = { kind: 'bot', userId: null, teamId: null } as const;
  await change.add(actor, 'owner-changed', { from: ownerOf(change), to, reason: 'wrote again' });
}

async function begin(change: Change, parentId: string, turn: Turn): Promise<NonNullable<Accepted['answer']>> {
  const messageId = newId('msg');
  await change.add(bot, 'answer-started', { messageId, parentId });
  const { fence } = await beginRow(change.tx, { conversationId: change.row.id, messageId });
  return { messageId, begun: { fence, turn } };
}

/**
 * Begins another answer to a message, beside those it has. `id` is the message, or an answer to it; the latest when left
 * out. An answer that is still being written is not doubled. Throws `not_found` when there is none and `conflict` when
 * people have the conversation.
 */
export function beginAgain(
  ledger: Ledger,
  party: Party,
  conversationId: string,
  id: string | undefined,
): Promise<Accepted> {
  return ledger.change(party, conversationId, async (change) => {
    const rows = await latestMessages(change.tx, conversationId, ...(id === undefined ? [] : [id]));
    const asked = await questionOf(change, rows, id);
    if (!asked) throw new ParlanceError('not_found', 'There is no message with this id to answer.');
    const siblings = rows.filter(({ author, parentId }) => author === 'bot' && parentId === asked.id);
    const accepted = { seq: asked.seq, messageId: asked.id, again: true };
    const running = siblings.findLast(({ state }) => state === 'streaming');
    if (running) return { ...accepted, answer: { messageId: running.id, begun: null } };
    if (change.row.ownerKind !== 'bot') {
      throw new ParlanceError('conflict', 'A person answers in this conversation now.');
    }
    const answer = await begin(change, asked.id, {
      message: asked.text,
      language: languageOf(asked.text, change.row.language),
      past: turnsDownTo(asked.parentId, rows),
      tried: siblings.flatMap(({ citations }) => citations.map(({ passageId }) => passageId)),
    });
    return { ...accepted, answer };
  });
}

/** The customer's message that is meant by its own id or by that of an answer to it. */
async function questionOf(
  change: Change,
  rows: MessageRow[],
  id: string | undefined,
): Promise<MessageRow | undefined> {
  const meant = rows.findLast((row) =>
    id === undefined ? row.author === 'bot' || row.author === 'customer' : row.id === id,
  );
  if (meant?.author !== 'bot') return meant?.author === 'customer' ? meant : undefined;
  const { parentId } = meant;
  if (parentId === null) return undefined;
  const near = rows.find((row) => row.id === parentId);
  return (
    near ?? (await latestMessages(change.tx, change.row.id, parentId)).find((row) => row.id === parentId)
  );
}
