import { asParlanceError, type Event } from '#contracts';
import { client } from '../api/client.ts';
import { createStore } from '../ui/store.ts';
import type { DraftKind } from './drafts.ts';
import { showResult } from './live.ts';

/** Something an agent wrote, until the transcript has it. */
export interface Pending {
  id: string;
  conversation: string;
  kind: DraftKind;
  text: string;
  /** The last event its author had read. */
  seenSeq: number;
  at: string;
  /** `held`: the server or a colleague's typing speaks against it, and its author decides. */
  state: 'sending' | 'sent' | 'failed' | 'held';
  problem?: string;
  news: Event[];
}

const outbox = createStore<Pending[]>([]);

/** What of it the transcript does not have yet, oldest first. */
export const usePending = (conversation: string, has: (id: string) => boolean): Pending[] =>
  outbox.use().filter((each) => each.conversation === conversation && !has(each.id));

const change = (id: string, to: Partial<Pending>) =>
  outbox.set(outbox.get().map((each) => (each.id === id ? { ...each, ...to } : each)));

export const withdraw = (id: string): void => outbox.set(outbox.get().filter((each) => each.id !== id));

type Written = Pick<Pending, 'conversation' | 'kind' | 'text' | 'seenSeq'>;

const pendingOf = (written: Written): Pending => ({
  ...written,
  id: crypto.randomUUID(),
  at: new Date().toISOString(),
  state: 'sending',
  news: [],
});

/** Keeps it for its author to decide. */
export function hold(written: Written, problem: string): void {
  outbox.set([...outbox.get(), { ...pendingOf(written), state: 'held', problem }]);
}

export function send(written: Written): void {
  const pending = pendingOf(written);
  // What the transcript has by now is of no more use here.
  outbox.set([...outbox.get().filter((each) => each.state !== 'sent'), pending]);
  void deliver(pending, false);
}

/** Tries again under the same id: what had arrived all the same is not doubled. */
export function sendAgain(pending: Pending, sendAnyway = false): void {
  change(pending.id, { state: 'sending', problem: undefined });
  void deliver(pending, sendAnyway);
}

async function deliver(pending: Pending, sendAnyway: boolean): Promise<void> {
  const { id, conversation, kind, text, seenSeq } = pending;
  try {
    showResult(
      kind === 'note'
        ? await client().desk.note(conversation, { id, text })
        : await client().desk.reply(conversation, { id, text, seenSeq, sendAnyway }),
    );
    change(id, { state: 'sent' });
  } catch (error) {
    const { code, message, details } = asParlanceError(error);
    if (code === 'conflict') change(id, { state: 'held', problem: message, news: details.news ?? [] });
    else change(id, { state: 'failed', problem: message });
  }
}
