import type { ConversationEventData, Owner } from '#contracts';
import type { Change, Ledger } from '../conversations/ledger.ts';
import type { Generation } from './generation.ts';
import { dropChunks, endRow } from './generation-rows.ts';

export type Ending = Omit<ConversationEventData['answer-ended'], 'messageId'> & {
  handoff: { state: 'offered' | 'requested'; reason: string } | null;
};

export const bot = { kind: 'bot', id: 'bot' } as const;

/** People, and nobody of them yet. */
const anybody: Owner = { kind: 'human', userId: null, teamId: null };

export function ownerOf({ row }: Change): Owner {
  return { kind: row.ownerKind, userId: row.ownerUserId, teamId: row.ownerTeamId };
}

/** Gives the conversation to people; nothing changes when they have it. */
export async function callPerson(change: Change, reason: string): Promise<void> {
  const from = ownerOf(change);
  if (from.kind === 'human') return;
  const actor = { kind: 'customer', id: change.row.customerId } as const;
  await change.add(actor, 'owner-changed', { from, to: anybody, reason });
}

/**
 * Records how an answer ended, under the conversation's lock: a whole one counts only while the bot still speaks in the
 * conversation, else it is `interrupted`. Answers the state that was recorded; null when the answer had been ended by
 * somebody else, who recorded it.
 */
export function endAnswer(
  ledger: Ledger,
  { id, fence }: Pick<Generation, 'id' | 'fence'>,
  ending: Ending,
  flushed: boolean,
): Promise<Ending['state'] | null> {
  const { tenant, conversationId, messageId } = id;
  return ledger.change({ tenant, customer: null }, conversationId, async (change) => {
    const { handoff, ...data } = ending;
    const whole = data.state === 'complete' && change.row.ownerKind === 'bot';
    const state = data.state === 'complete' && !whole ? 'interrupted' : data.state;
    const mine = await endRow(change.tx, { conversationId, messageId }, state, fence);
    if (!mine) return null;
    if (flushed) await dropChunks(change.tx, { conversationId, messageId });
    const said = whole ? data : { ...data, outcome: null, citations: [], choices: [] };
    await change.add(bot, 'answer-ended', { ...said, messageId, state });
    if (whole && handoff) {
      await change.add(bot, 'handoff-offered', { reason: handoff.reason });
      if (handoff.state === 'requested') await callPerson(change, 'asked for a person');
    }
    return state;
  });
}
