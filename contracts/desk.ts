import { z } from 'zod';
import { conversation, messageText, turnSentiment } from './conversation.ts';
import { event } from './events.ts';
import { recordId } from './text.ts';

export const inboxView = z.enum(['mine', 'unassigned', 'bot', 'all']);
export type InboxView = z.infer<typeof inboxView>;

/** Mean customer score (−5 … +5) of each quarter of the conversation so far; null for a quarter without a turn. */
export const quarterTrend = z.array(z.number().nullable()).length(4);

/** A conversation as the inbox lists it. */
export const inboxEntry = conversation.extend({
  customerId: z.string(),
  customerName: z.string().nullable(),
  preview: z.string(),
  lastAuthor: z.enum(['customer', 'bot', 'agent', 'system']).nullable(),
  /** Of the customer's latest scored turn. */
  sentiment: turnSentiment.nullable(),
  trend: quarterTrend,
  /** Since when a customer's message waits for a person; null when none does. */
  waitingSince: z.iso.datetime().nullable(),
  closedAt: z.iso.datetime().nullable(),
});
export type InboxEntry = z.infer<typeof inboxEntry>;
export const inboxPage = z.object({
  entries: z.array(inboxEntry),
  counts: z.record(inboxView, z.number().int()),
  next: z.string().nullable(),
  /** Where the desk's stream stood when this was read: subscribe from here. */
  cursor: z.number().int(),
});
export type InboxPage = z.infer<typeof inboxPage>;

/** Events of one conversation for the desk, notes included, oldest first. */
export const transcript = z.object({
  entry: inboxEntry,
  events: z.array(event),
  /** Pass as `before` for what came earlier; null at the beginning. */
  before: z.number().int().nullable(),
  cursor: z.number().int(),
});
export type Transcript = z.infer<typeof transcript>;

/**
 * A reply says up to which `seq` its author had read. When the customer or a colleague has written since, it is refused
 * as `conflict` unless `sendAnyway`. `id` is a UUID of the client: the same reply twice is one.
 */
export const replyRequest = z.strictObject({
  id: z.uuid(),
  text: messageText,
  seenSeq: z.number().int().min(0),
  sendAnyway: z.boolean().default(false),
});
export type ReplyRequest = z.infer<typeof replyRequest>;
export const noteRequest = z.strictObject({ id: z.uuid(), text: messageText });
export type NoteRequest = z.infer<typeof noteRequest>;
export const transferRequest = z
  .strictObject({ userId: recordId.nullable().default(null), teamId: recordId.nullable().default(null) })
  .refine(
    ({ userId, teamId }) => (userId === null) !== (teamId === null),
    'Name a person or a team, not both.',
  );
export type TransferRequest = z.infer<typeof transferRequest>;
export const availabilityRequest = z.strictObject({ availability: z.enum(['available', 'away']) });
export type AvailabilityRequest = z.infer<typeof availabilityRequest>;
/** Sent every few seconds while a conversation is open on an agent's screen; forgotten when it stops coming. */
export const presenceRequest = z.strictObject({ conversationId: recordId.nullable(), typing: z.boolean() });
export type PresenceRequest = z.infer<typeof presenceRequest>;

/** Who looks at what. It is no fact and is not kept. */
export const presence = z.object({
  conversationId: z.string(),
  agents: z.array(z.object({ userId: z.string(), name: z.string(), typing: z.boolean() })),
});
export type Presence = z.infer<typeof presence>;

/** What the desk's stream carries. `change` has the SSE id to resume from; `presence` has none. */
export const deskFrame = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('change'), cursor: z.number().int(), event, entry: inboxEntry }),
  z.object({ kind: z.literal('presence'), presence }),
]);
export type DeskFrame = z.infer<typeof deskFrame>;
