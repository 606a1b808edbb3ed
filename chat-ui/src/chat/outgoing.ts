import { createStore, recall, remember } from '../ui/store.ts';

const storageKey = 'parlance.chat-outbox';

/** A message on its way: kept in the browser until the server has it, so that neither a tunnel nor a reload loses it. */
export interface Outgoing {
  /** A UUID: sent twice, it is one message. */
  id: string;
  conversation: string;
  text: string;
  at: string;
  /** `waiting` for its turn or for the network; `sent` once the server has it; `failed` when it was refused, and its author decides. */
  state: 'waiting' | 'sending' | 'sent' | 'failed';
  problem?: string;
}

function stored(): Outgoing[] {
  try {
    const kept = JSON.parse(recall('localStorage', storageKey) ?? '[]') as Outgoing[];
    // What was being sent when the page went may have arrived or not: sending it again does no harm.
    return kept.map((each) => (each.state === 'failed' ? each : { ...each, state: 'waiting' }));
  } catch {
    return [];
  }
}

const outgoing = createStore<Outgoing[]>(stored());
outgoing.subscribe(() => {
  const all = outgoing.get();
  remember('localStorage', storageKey, all.length > 0 ? JSON.stringify(all) : null);
});

const isOf = (conversation: string) => (each: Outgoing) => each.conversation === conversation;

/** What is on its way in a conversation, oldest first. */
export const useOutgoing = (conversation: string): Outgoing[] => outgoing.use().filter(isOf(conversation));
export const outgoingOf = (conversation: string): Outgoing[] => outgoing.get().filter(isOf(conversation));

export function post(conversation: string, text: string): void {
  const at = new Date().toISOString();
  outgoing.set([...outgoing.get(), { id: crypto.randomUUID(), conversation, text, at, state: 'waiting' }]);
}

export const mark = (id: string, state: Outgoing['state'], problem?: string): void =>
  outgoing.set(outgoing.get().map((each) => (each.id === id ? { ...each, state, problem } : each)));

/** On its way, and the server has not said that it has it. */
export const isSending = (id: string): boolean =>
  outgoing.get().some((each) => each.id === id && each.state === 'sending');

/** The conversation has them, or their author took them back. */
export function drop(...ids: string[]): void {
  if (outgoing.get().some((each) => ids.includes(each.id)))
    outgoing.set(outgoing.get().filter((each) => !ids.includes(each.id)));
}
