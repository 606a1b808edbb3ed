import type { Conversation, Event, Message, MessagePage } from '#contracts';
import { asFact, type Fact } from '../conversation/fact.ts';

/** Something that happened between the messages, as the customer is told. */
export interface Line {
  seq: number;
  at: string;
  kind: 'waiting' | 'joined' | 'bot' | 'closed' | 'reopened';
}

/** A conversation as its customer sees it. */
export interface Thread {
  conversation: Conversation;
  /** Oldest first. */
  messages: Message[];
  before: number | null;
  lines: Line[];
  /** A person was offered and has not been asked for. */
  offered: boolean;
  /** Up to here the messages say what the log says; earlier events only add lines. */
  known: number;
  /** False until the server has it: what is shown then is on its way. */
  stored: boolean;
}

/** Messages are read after the conversation, so they know at least what it knows. */
export const threadOf = (conversation: Conversation, { messages, before }: MessagePage): Thread => ({
  conversation,
  messages,
  before,
  lines: [],
  offered: false,
  known: conversation.lastSeq,
  stored: true,
});

/** One that begins with the message now on its way. */
export const beginning = (id: string, language: string): Thread => {
  const now = new Date().toISOString();
  const owner = { kind: 'bot' as const, userId: null, teamId: null };
  return {
    conversation: {
      id,
      title: '',
      language,
      owner,
      generating: false,
      lastSeq: 0,
      createdAt: now,
      updatedAt: now,
    },
    messages: [],
    before: null,
    lines: [],
    offered: false,
    known: 0,
    stored: false,
  };
};

/** From where its events are wanted: what happened between the messages shown belongs between them. */
export const sinceOf = ({ messages, before, known }: Thread): number =>
  before === null ? 0 : Math.min(known, (messages[0]?.seq ?? 1) - 1);

export const withOlder = (thread: Thread, page: MessagePage): Thread => {
  const first = thread.messages[0]?.seq ?? Number.MAX_SAFE_INTEGER;
  return {
    ...thread,
    messages: [...page.messages.filter((each) => each.seq < first), ...thread.messages],
    before: page.before,
  };
};

/** Loaded again: earlier pages and what was told between the messages stay. */
export function reloaded(known: Thread | undefined, latest: Thread): Thread {
  const first = latest.messages[0]?.seq ?? 0;
  const last = known?.messages.at(-1)?.seq ?? 0;
  // Asked for before its first message was stored, and answered after.
  if (known?.stored && !latest.stored) return known;
  if (!known?.stored || first > last + 1) return latest;
  const older = known.messages.filter((each) => each.seq < first);
  return {
    ...latest,
    messages: [...older, ...latest.messages],
    before: older.length > 0 ? known.before : latest.before,
    lines: known.lines,
    offered: known.offered,
  };
}

/** The thread after an event of its log. The same event again changes nothing. */
export function withEvent(thread: Thread, event: Event): Thread {
  const fact = asFact(event);
  const news = event.seq > thread.known;
  const lines = fact?.type === 'owner-changed' ? withLine(thread.lines, fact) : thread.lines;
  if (!news) return lines === thread.lines ? thread : { ...thread, lines };
  const conversation = {
    ...thread.conversation,
    lastSeq: Math.max(event.seq, thread.conversation.lastSeq),
    updatedAt: event.at,
  };
  const after = { ...thread, conversation, lines, known: event.seq };
  if (!fact) return after;
  switch (fact.type) {
    case 'conversation-opened':
      return { ...after, conversation: { ...conversation, language: fact.data.language } };
    case 'message-added': {
      const { messageId: id, parentId, text, authorName } = fact.data;
      const said = { id, parentId, text, authorName, author: fact.actor.kind, state: 'complete' as const };
      return { ...after, messages: added(thread.messages, messageOf(fact, said)) };
    }
    case 'answer-started': {
      const { messageId: id, parentId } = fact.data;
      const started = { id, parentId, author: 'bot' as const, state: 'streaming' as const };
      return {
        ...after,
        messages: added(thread.messages, messageOf(fact, started)),
        conversation: { ...conversation, generating: true },
      };
    }
    case 'answer-ended': {
      const { messageId: id, ...ended } = fact.data;
      const known = added(thread.messages, messageOf(fact, { id, author: 'bot' }));
      return {
        ...after,
        messages: known.map((each) => (each.id === id ? { ...each, ...ended } : each)),
        conversation: { ...conversation, generating: false },
      };
    }
    case 'feedback-given': {
      const { messageId, feedback } = fact.data;
      const messages = thread.messages.map((each) => (each.id === messageId ? { ...each, feedback } : each));
      return { ...after, messages };
    }
    case 'owner-changed': {
      const { to } = fact.data;
      return {
        ...after,
        conversation: { ...conversation, owner: to },
        offered: thread.offered && to.kind === 'bot',
      };
    }
    case 'handoff-offered':
      return { ...after, offered: true };
    default:
      return after;
  }
}

function withLine(
  lines: Line[],
  { seq, at, actor, data: { from, to } }: Extract<Fact, { type: 'owner-changed' }>,
) {
  if (lines.some((line) => line.seq === seq)) return lines;
  const kind = ((): Line['kind'] | null => {
    if (to.kind === 'closed') return 'closed';
    if (from.kind === 'closed') return to.kind === 'bot' ? null : 'reopened';
    if (to.kind === 'bot') return 'bot';
    // From person to person the customer goes on with the company; somebody joins whoever waits.
    if (from.kind === 'human' && lines.findLast((line) => line.seq < seq)?.kind !== 'waiting') return null;
    return actor.kind === 'agent' ? 'joined' : 'waiting';
  })();
  return kind ? [...lines, { seq, at, kind }].sort((a, b) => a.seq - b.seq) : lines;
}

const added = (messages: Message[], message: Message): Message[] =>
  messages.some((each) => each.id === message.id)
    ? messages
    : [...messages, message].sort((a, b) => a.seq - b.seq);

const messageOf = (
  { seq, at, topic }: Pick<Event, 'seq' | 'at' | 'topic'>,
  rest: Pick<Message, 'id' | 'author'> & Partial<Message>,
): Message => ({
  conversationId: topic.slice('conversation/'.length),
  parentId: null,
  authorName: null,
  text: '',
  state: 'streaming',
  outcome: null,
  citations: [],
  choices: [],
  sentiment: null,
  feedback: null,
  seq,
  createdAt: at,
  ...rest,
});

/** Who answers the customer now. */
export type Answering =
  | { kind: 'bot' }
  | { kind: 'closed' }
  | { kind: 'waiting'; since: string }
  | { kind: 'person'; name: string | null };

/** What a customer calls a person who wrote. Whoever works here without signing in may have no name but “You”. */
export const nameOf = (authorName: string | null): string =>
  authorName === null || authorName === 'You' ? 'A person' : authorName;

/** A customer is not told whose their conversation is; who it is they read above what that person writes. */
export function answering({ conversation, messages, lines }: Thread): Answering {
  const { owner, updatedAt } = conversation;
  if (owner.kind !== 'human') return { kind: owner.kind };
  const handed = lines.findLast((line) => line.kind === 'waiting');
  const joined = lines.findLast((line) => line.kind === 'joined');
  const back = lines.findLast((line) => line.kind === 'bot')?.seq ?? 0;
  const agent = messages.findLast((message) => message.author === 'agent' && message.seq > back);
  if (agent) return { kind: 'person', name: nameOf(agent.authorName) };
  if (joined && joined.seq > (handed?.seq ?? 0)) return { kind: 'person', name: null };
  return { kind: 'waiting', since: handed?.at ?? updatedAt };
}
