import { z } from 'zod';
import { citation, feedback, messageState, outcome, owner, turnSentiment } from './conversation.ts';
import { language } from './knowledge.ts';

/**
 * The facts of a conversation, by event type: what `event.data` holds. The log is what the desk, analytics and
 * evaluation read; messages and inbox rows are projections of it.
 */
export const conversationEvents = {
  'conversation-opened': z.object({ customerId: z.string(), customerName: z.string().nullable(), language }),
  'message-added': z.object({
    messageId: z.string(),
    parentId: z.string().nullable(),
    text: z.string(),
    /** Of an agent. */
    authorName: z.string().nullable(),
  }),
  'message-scored': z.object({ messageId: z.string(), sentiment: turnSentiment }),
  'answer-started': z.object({ messageId: z.string(), parentId: z.string() }),
  'answer-ended': z.object({
    messageId: z.string(),
    parentId: z.string(),
    state: messageState.exclude(['streaming']),
    text: z.string(),
    outcome: outcome.nullable(),
    citations: z.array(citation),
    choices: z.array(z.object({ intent: z.string(), label: z.string() })),
  }),
  'owner-changed': z.object({
    from: owner,
    to: owner,
    /** Why, for people: `asked for a person`, `took over`, `closed` … */
    reason: z.string(),
  }),
  'handoff-offered': z.object({ reason: z.string() }),
  /** For agents only: no customer ever reads one. */
  'note-added': z.object({ noteId: z.string(), text: z.string(), authorName: z.string() }),
  'feedback-given': z.object({ messageId: z.string(), feedback }),
} as const;

export type ConversationEventType = keyof typeof conversationEvents;
export type ConversationEventData = {
  [T in ConversationEventType]: z.infer<(typeof conversationEvents)[T]>;
};
