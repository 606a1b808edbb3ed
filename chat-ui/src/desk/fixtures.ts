import type { Event, InboxEntry, Owner } from '#contracts';
import type { ChangeFrame } from './inbox.ts';

export const bot: Owner = { kind: 'bot', userId: null, teamId: null };
export const waiting: Owner = { kind: 'human', userId: null, teamId: null };
export const ownedBy = (userId: string): Owner => ({ kind: 'human', userId, teamId: null });

export const entryOf = (id: string, second: number, change: Partial<InboxEntry> = {}): InboxEntry => ({
  id,
  title: `About ${id}`,
  language: 'en',
  owner: bot,
  generating: false,
  lastSeq: second,
  createdAt: '2026-01-10T12:00:00.000Z',
  updatedAt: new Date(Date.UTC(2026, 0, 10, 12, 0, second)).toISOString(),
  customerId: `cus_${id}`,
  customerName: null,
  preview: 'hello',
  lastAuthor: 'customer',
  sentiment: null,
  trend: [null, null, null, null],
  waitingSince: null,
  closedAt: null,
  ...change,
});

export const eventOf = (
  id: string,
  seq: number,
  type: string,
  data: Record<string, unknown> | null,
  actor: Event['actor'] = { kind: 'customer', id: 'cus_1' },
): Event => ({
  v: 1,
  topic: `conversation/${id}`,
  seq,
  type,
  at: new Date(Date.UTC(2026, 0, 10, 12, 0, seq)).toISOString(),
  actor,
  data,
});

export const frameOf = (cursor: number, entry: InboxEntry, event?: Event): ChangeFrame => ({
  kind: 'change',
  cursor,
  entry,
  event: event ?? eventOf(entry.id, entry.lastSeq, 'message-added', { messageId: 'm', text: 'x' }),
});
