import { z } from 'zod';
import { conversation, messageText, turnSentiment } from './conversation.ts';
import { event } from './events.ts';
import { user } from './people.ts';
import { recordId, storedText } from './text.ts';

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

/** Which conversations to list. As it comes in the address. */
export const inboxQuery = z.object({
  view: inboxView.default('all'),
  closed: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('The closed conversations instead of the open ones; `mine` are those I had last'),
  search: storedText.trim().min(1).max(200).optional().describe('In names, titles and messages'),
  after: z.string().max(200).optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type InboxQuery = z.infer<typeof inboxQuery>;
export const inboxPage = z.object({
  /** Latest change first. */
  entries: z.array(inboxEntry),
  /** How many each view has, closed or open as asked, without the search. */
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
 * A conversation that nobody has is taken without a word. From a colleague it is taken by naming them, and why: when
 * someone else has it by then, that is a `conflict`.
 */
export const takeRequest = z
  .strictObject({
    from: recordId.nullable().default(null).describe('The colleague it is taken from'),
    reason: storedText.trim().min(1).max(500).nullable().default(null),
  })
  .refine(({ from, reason }) => from === null || reason !== null, {
    message: 'Say why it is taken from them.',
    path: ['reason'],
  });
export type TakeRequest = z.infer<typeof takeRequest>;

/**
 * A reply says up to which `seq` its author had read. When the customer or a colleague has written since, it is refused
 * as `conflict` with their messages as `news`, and so it is while a colleague has the conversation, unless `sendAnyway`.
 * `id` is a UUID of the client: the same reply twice is one.
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
export const availability = user.shape.availability;
export type Availability = z.infer<typeof availability>;
export const availabilityRequest = z.strictObject({ availability });
export type AvailabilityRequest = z.infer<typeof availabilityRequest>;

/** The conversation after a command; `warning` is what whoever gave it should know, in a sentence. */
export const deskResult = z.object({ entry: inboxEntry, warning: z.string().nullable() });
export type DeskResult = z.infer<typeof deskResult>;

/** To whom a conversation can be given. */
export const colleague = z.object({
  userId: z.string(),
  name: z.string(),
  availability,
  teamIds: z.array(z.string()),
  /** Conversations they have now. */
  open: z.number().int(),
});
export type Colleague = z.infer<typeof colleague>;
export const colleagueList = z.object({
  /** Whom to ask first comes first: available before away, then whoever has the fewest conversations. */
  colleagues: z.array(colleague),
  teams: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type ColleagueList = z.infer<typeof colleagueList>;

/** Sent every few seconds while a conversation is open on an agent's screen; forgotten when it stops coming. */
export const presenceRequest = z.strictObject({ conversationId: recordId.nullable(), typing: z.boolean() });
export type PresenceRequest = z.infer<typeof presenceRequest>;

/** Who looks at what. It is no fact and is not kept. */
export const presence = z.object({
  conversationId: z.string(),
  agents: z.array(z.object({ userId: z.string(), name: z.string(), typing: z.boolean() })),
});
export type Presence = z.infer<typeof presence>;

/**
 * What the desk's stream carries. `change` and `resync` have the SSE id to resume from; `presence` has none. `resync` says
 * that the changes in between are not told any more: load what is shown again; the stream goes on after `cursor`.
 */
export const deskFrame = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('change'), cursor: z.number().int(), event, entry: inboxEntry }),
  z.object({ kind: z.literal('resync'), cursor: z.number().int() }),
  z.object({ kind: z.literal('presence'), presence }),
]);
export type DeskFrame = z.infer<typeof deskFrame>;
