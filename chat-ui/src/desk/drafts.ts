import { createStore, recall, remember } from '../ui/store.ts';

const storageKey = 'parlance.desk-drafts';
/** The oldest drafts are forgotten beyond this many. */
const most = 50;

export type DraftKind = 'reply' | 'note';
type Drafts = Record<string, string>;

function stored(): Drafts {
  try {
    return JSON.parse(recall('localStorage', storageKey) ?? '{}') as Drafts;
  } catch {
    return {};
  }
}

/** What was begun and not sent, by conversation and kind; it outlives the page. */
const drafts = createStore<Drafts>(stored());
drafts.subscribe(() => remember('localStorage', storageKey, JSON.stringify(drafts.get())));

const nameOf = (conversation: string, kind: DraftKind) => `${kind}/${conversation}`;

export const useDraft = (conversation: string, kind: DraftKind): string =>
  drafts.use()[nameOf(conversation, kind)] ?? '';

export function setDraft(conversation: string, kind: DraftKind, text: string): void {
  const { [nameOf(conversation, kind)]: _, ...others } = drafts.get();
  const entries = Object.entries(others).slice(-most + 1);
  if (text) entries.push([nameOf(conversation, kind), text]);
  drafts.set(Object.fromEntries(entries));
}

/** Which conversations have one, for the list. */
export function useHasDraft(conversation: string): boolean {
  const all = drafts.use();
  return nameOf(conversation, 'reply') in all || nameOf(conversation, 'note') in all;
}
