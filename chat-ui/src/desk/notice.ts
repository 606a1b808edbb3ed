import type { ChangeFrame } from './inbox.ts';
import { customerOf } from './whose.ts';

export interface Notice {
  title: string;
  text: string;
  conversation: string;
}

/** What of a change an agent wants to hear who is not looking at that conversation; null for nothing. */
export function noticeOf({ event, entry }: ChangeFrame, me: string): Notice | null {
  const who = customerOf(entry);
  const about = { text: entry.preview || entry.title, conversation: entry.id };
  const { owner } = entry;
  if (event.type === 'owner-changed' && owner.kind === 'human' && event.actor.id !== me) {
    if (owner.userId === me) return { ...about, title: `${who} was passed to you` };
    if (owner.userId === null) return { ...about, title: `${who} waits for a person` };
  }
  const mine = owner.kind === 'human' && owner.userId === me;
  if (event.type === 'message-added' && event.actor.kind === 'customer' && mine) {
    return { ...about, text: String(event.data?.text ?? about.text), title: `${who} wrote` };
  }
  return null;
}
