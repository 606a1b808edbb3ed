import { and, desc, eq, inArray } from 'drizzle-orm';
import type { PastTurn } from '#nlp';
import type { Transaction } from '../db/database.ts';
import { message } from '../db/schema/index.ts';

/** What is read of a message to go on from it. */
const columns = {
  id: message.id,
  parentId: message.parentId,
  author: message.author,
  text: message.text,
  state: message.state,
  outcome: message.outcome,
  citations: message.citations,
  choices: message.choices,
  feedback: message.feedback,
  seq: message.seq,
};
export type MessageRow = Pick<typeof message.$inferSelect, keyof typeof columns>;

/** Latest messages that are looked at for what a new one goes on from. */
const lookedBack = 20;

/** The latest messages of a conversation and those with the given ids, in order. */
export async function latestMessages(
  tx: Transaction,
  conversationId: string,
  ...ids: string[]
): Promise<MessageRow[]> {
  const own = eq(message.conversationId, conversationId);
  const latest = await tx
    .select(columns)
    .from(message)
    .where(own)
    .orderBy(desc(message.seq))
    .limit(lookedBack);
  const missing = ids.filter((id) => latest.length === lookedBack && !latest.some((row) => row.id === id));
  const named =
    missing.length > 0
      ? await tx
          .select(columns)
          .from(message)
          .where(and(own, inArray(message.id, missing)))
      : [];
  return [...named, ...latest.reverse()];
}

/** The customer's turns from the beginning, as far as it was read, down to the message `leafId`, along one branch. */
export function turnsDownTo(leafId: string | null, rows: MessageRow[]): PastTurn[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const branch: MessageRow[] = [];
  for (let id = leafId; id !== null && branch.length < rows.length; ) {
    const row = byId.get(id);
    if (!row) break;
    branch.unshift(row);
    id = row.parentId;
  }
  const turns: PastTurn[] = [];
  for (const row of branch) {
    if (row.author === 'customer') turns.push(unanswered(row.text));
    const open = turns.at(-1);
    if (row.author !== 'bot' || row.state !== 'complete' || !open) continue;
    open.answer = row.text;
    open.outcome = row.outcome;
    open.citations = row.citations;
    open.choices = row.choices;
    open.disliked = row.feedback?.vote === 'down';
  }
  return turns;
}

const unanswered = (question: string): PastTurn => ({
  question,
  answer: '',
  outcome: null,
  citations: [],
  choices: [],
  disliked: false,
});
