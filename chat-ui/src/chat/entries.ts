import type { Message } from '#contracts';
import { type Shown, shownOf } from './branches.ts';
import type { Outgoing } from './outgoing.ts';
import type { Line, Thread } from './thread.ts';

/** What stands in a conversation from top to bottom. */
export type Entry =
  | ({ kind: 'message'; key: string } & Shown)
  | { kind: 'line'; key: string; line: Line }
  | { kind: 'outgoing'; key: string; outgoing: Outgoing }
  /** An answer of which nothing is there yet, not even its beginning in the log. */
  | { kind: 'thinking'; key: string };

interface Parts {
  thread: Thread;
  chosen: Readonly<Record<string, string>>;
  outgoing: readonly Outgoing[];
  /** As far as it was streamed. */
  answer: Message | undefined;
  /** An answer is asked for and not at its end. */
  busy: boolean;
}

/** The log's messages and lines in their order, then what only this page knows: what is being sent, and its answer. */
export function entriesOf({ thread, chosen, outgoing, answer, busy }: Parts): Entry[] {
  const messages = thread.messages.map((each) =>
    each.id === answer?.id ? { ...each, ...streamed(answer) } : each,
  );
  const logged: (Entry & { seq: number })[] = [
    ...shownOf(messages, chosen).map((shown) => ({
      ...shown,
      kind: 'message' as const,
      key: shown.message.id,
      seq: shown.message.seq,
    })),
    ...linesOf(thread).map((line) => ({
      kind: 'line' as const,
      key: `line-${line.seq}`,
      line,
      seq: line.seq,
    })),
  ];
  logged.sort((a, b) => a.seq - b.seq);
  const known = new Set(thread.messages.map((message) => message.id));
  const unknown = outgoing
    .filter((each) => !known.has(each.id))
    .map((each): Entry => ({ kind: 'outgoing', key: each.id, outgoing: each }));
  const left = unknown.findIndex((each) => each.kind === 'outgoing' && each.outgoing.state === 'waiting');
  const gone = left < 0 ? unknown.length : left;
  return [
    ...logged,
    ...unknown.slice(0, gone),
    ...answerOf({ thread, answer, busy, known }),
    ...unknown.slice(gone),
  ];
}

/** Lines above the first message that is loaded belong to a page that is not. */
const linesOf = ({ lines, messages, before }: Thread): Line[] =>
  before === null ? lines : lines.filter((line) => line.seq > (messages[0]?.seq ?? 0));

/** What the stream knows of an answer before the log does. */
const streamed = ({ text, state, citations, outcome, choices }: Message) => ({
  text,
  state,
  citations,
  outcome,
  choices,
});

function answerOf({
  thread,
  answer,
  busy,
  known,
}: Pick<Parts, 'thread' | 'answer' | 'busy'> & { known: Set<string> }): Entry[] {
  if (answer && !known.has(answer.id)) {
    return [{ kind: 'message', key: answer.id, message: answer, siblings: [answer.id] }];
  }
  const bot = thread.conversation.owner.kind !== 'human';
  const writing = thread.messages.some((message) => message.state === 'streaming');
  const last = thread.messages.at(-1);
  // Between a message's sending and the first word of its answer.
  return busy && bot && !writing && !(answer && answer.id === last?.id)
    ? [{ kind: 'thinking', key: 'thinking' }]
    : [];
}
