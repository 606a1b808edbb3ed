import type {
  Citation,
  Event,
  Feedback,
  Message,
  MessageState,
  Outcome,
  Owner,
  TurnSentiment,
} from '#contracts';
import { asFact } from '../conversation/fact.ts';

interface Placed {
  seq: number;
  at: string;
}

/** A message as the desk shows it. */
export interface MessageItem extends Placed {
  kind: 'message';
  id: string;
  author: Message['author'];
  /** Of an answer of the bot: what it answers. */
  questionId: string | null;
  /** Of an agent. */
  authorId: string;
  authorName: string | null;
  text: string;
  state: MessageState;
  sentiment: TurnSentiment | null;
  outcome: Outcome | null;
  citations: Citation[];
  choices: string[];
  feedback: Feedback | null;
  /** An answer that was asked for again: how many stood here before. */
  again: number;
}

export interface NoteItem extends Placed {
  kind: 'note';
  id: string;
  authorId: string;
  authorName: string;
  text: string;
}

/** Something that happened between the messages. */
export interface LineItem extends Placed {
  kind: 'opened' | 'owner' | 'offered' | 'erased';
  actor: Event['actor'];
  from?: Owner;
  to?: Owner;
  reason: string;
}

export type Item = MessageItem | NoteItem | LineItem;

/** What a transcript shows, in the order in which it happened. */
export function itemsOf(events: readonly Event[]): Item[] {
  const items: Item[] = [];
  const messages = new Map<string, MessageItem>();
  const answers = new Map<string, number>();
  const put = (item: Item) => {
    items.push(item);
    if (item.kind === 'message') messages.set(item.id, item);
  };

  for (const event of events) {
    const fact = asFact(event);
    const { seq, at, actor } = event;
    const base = { seq, at };
    if (!fact) {
      if (event.data === null) put({ ...base, kind: 'erased', actor, reason: event.type });
      continue;
    }
    switch (fact.type) {
      case 'conversation-opened':
        put({ ...base, kind: 'opened', actor, reason: fact.data.language });
        break;
      case 'message-added':
        put({
          ...base,
          ...blank,
          id: fact.data.messageId,
          author: actor.kind,
          authorId: actor.id,
          authorName: fact.data.authorName,
          text: fact.data.text,
        });
        break;
      case 'answer-started': {
        const { messageId, parentId } = fact.data;
        const again = answers.get(parentId) ?? 0;
        answers.set(parentId, again + 1);
        put({
          ...base,
          ...blank,
          id: messageId,
          author: 'bot',
          authorId: actor.id,
          questionId: parentId,
          state: 'streaming',
          again,
        });
        break;
      }
      case 'answer-ended': {
        const { messageId, parentId: questionId, choices, ...ended } = fact.data;
        // Its beginning may be on the page before this one.
        if (!messages.has(messageId))
          put({ ...base, ...blank, id: messageId, author: 'bot', authorId: actor.id, questionId });
        Object.assign(messages.get(messageId) ?? {}, {
          ...ended,
          choices: choices.map(({ label }) => label),
        });
        break;
      }
      case 'message-scored':
        Object.assign(messages.get(fact.data.messageId) ?? {}, { sentiment: fact.data.sentiment });
        break;
      case 'feedback-given':
        Object.assign(messages.get(fact.data.messageId) ?? {}, { feedback: fact.data.feedback });
        break;
      case 'note-added': {
        const { noteId: id, text, authorName } = fact.data;
        put({ ...base, kind: 'note', id, authorId: actor.id, authorName, text });
        break;
      }
      case 'owner-changed':
        put({ ...base, kind: 'owner', actor, ...fact.data });
        break;
      case 'handoff-offered':
        put({ ...base, kind: 'offered', actor, reason: fact.data.reason });
        break;
    }
  }
  return items;
}

const blank = {
  kind: 'message' as const,
  authorName: null,
  questionId: null,
  text: '',
  state: 'complete' as MessageState,
  sentiment: null,
  outcome: null,
  citations: [],
  choices: [],
  feedback: null,
  again: 0,
};

/** The customer's scored turns, oldest first. */
export const scoresOf = (items: readonly Item[]) =>
  items.flatMap((item) =>
    item.kind === 'message' && item.sentiment
      ? [{ id: item.id, text: item.text, score: item.sentiment.score, label: item.sentiment.label }]
      : [],
  );

/** What an owner change says in a line; `name` knows people and teams. */
export function ownerLine({ actor, from, to, reason }: LineItem, name: (id: string) => string): string {
  const who =
    actor.kind === 'agent' ? name(actor.id) : actor.kind === 'customer' ? 'The customer' : 'The bot';
  if (to?.kind === 'closed') return `${who} closed the conversation`;
  if (from?.kind === 'closed')
    return `${who} ${actor.kind === 'customer' ? 'wrote again' : 'reopened the conversation'}`;
  if (to?.kind === 'bot') return `${who} gave the conversation back to the bot`;
  if (actor.kind !== 'agent') return `${who} ${reason}`;
  if (to?.userId && to.userId === actor.id)
    return `${who} ${reason === 'replied' ? 'replied and took over' : reason}`;
  return `${who} passed the conversation to ${name(to?.userId ?? to?.teamId ?? '')}`;
}
