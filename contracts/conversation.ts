import { z } from 'zod';
import { language } from './knowledge.ts';
import { sentimentResult } from './tasks/sentiment.ts';
import { recordId, storedText } from './text.ts';

/**
 * Who speaks for the company: the bot, people, or nobody any more. `human` without a user is waiting for one. Any human
 * reply makes it `human`, and from then on the bot says nothing until someone gives it back. A `closed` one keeps whose it
 * was last.
 */
export const owner = z.object({
  kind: z.enum(['bot', 'human', 'closed']),
  userId: z.string().nullable(),
  teamId: z.string().nullable(),
});
export type Owner = z.infer<typeof owner>;

/** Longest message of a customer or an agent, in UTF-16 code units. */
export const maxMessageLength = 8000;
export const messageText = storedText.trim().min(1, 'Write something.').max(maxMessageLength);

/** A sentiment on a turn: the verdict and the spans that carried it. */
export const turnSentiment = sentimentResult.pick({
  label: true,
  score: true,
  probabilities: true,
  spans: true,
});
export type TurnSentiment = z.infer<typeof turnSentiment>;

/** What an answer rests on. `quote` is the sentence; `start` and `end` are its place in the answer's text. */
export const citation = z.object({
  passageId: z.string(),
  sourceId: z.string(),
  title: z.string(),
  headings: z.array(z.string()),
  quote: z.string(),
  start: z.number().int(),
  end: z.number().int(),
});
export type Citation = z.infer<typeof citation>;

/** What became of a customer's turn. */
export const outcome = z.enum(['answered', 'refused', 'clarify', 'smalltalk', 'handoff']);
export type Outcome = z.infer<typeof outcome>;

/** `stopped` by the customer, `interrupted` by a fault: neither is ever shown as finished. */
export const messageState = z.enum(['streaming', 'complete', 'stopped', 'interrupted']);
export type MessageState = z.infer<typeof messageState>;

export const feedback = z.strictObject({
  vote: z.enum(['up', 'down']),
  reason: storedText.trim().max(1000).nullable().default(null),
});
export type Feedback = z.infer<typeof feedback>;

/** One message. Siblings (same `parentId`) are branches: an answer generated again stands beside the first one. */
export const message = z.object({
  id: z.string(),
  conversationId: z.string(),
  parentId: z.string().nullable(),
  author: z.enum(['customer', 'bot', 'agent', 'system']),
  /** Of an agent. */
  authorName: z.string().nullable(),
  text: z.string(),
  state: messageState,
  outcome: outcome.nullable(),
  citations: z.array(citation),
  /** Choices to offer when the question was ambiguous. */
  choices: z.array(z.object({ intent: z.string(), label: z.string() })),
  sentiment: turnSentiment.nullable(),
  feedback: feedback.nullable(),
  /** Position in the conversation's event log: the order of everything. */
  seq: z.number().int(),
  createdAt: z.iso.datetime(),
});
export type Message = z.infer<typeof message>;
export const messagePage = z.object({
  messages: z.array(message),
  /** Pass as `before` for the page before; null at the beginning. */
  before: z.number().int().nullable(),
});
export type MessagePage = z.infer<typeof messagePage>;

export const conversation = z.object({
  id: z.string(),
  title: z.string(),
  language,
  owner,
  /** Set while an answer is being written: its stream can be resumed. */
  generating: z.boolean(),
  lastSeq: z.number().int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Conversation = z.infer<typeof conversation>;
export const conversationList = z.object({
  conversations: z.array(conversation),
  next: z.string().nullable(),
});

export const openConversationRequest = z.strictObject({
  id: z.uuid().optional().describe('Chosen by the client: opening the same one again changes nothing'),
  language: language.default('en'),
  name: storedText.trim().min(1).max(100).optional().describe('What the customer wants to be called'),
});
export type OpenConversationRequest = z.infer<typeof openConversationRequest>;

export const handoffRequest = z.strictObject({ reason: storedText.trim().max(500).nullable().default(null) });
export type HandoffRequest = z.infer<typeof handoffRequest>;

/**
 * The body that the AI SDK's chat transport sends. `id` is the conversation, the last user message is what is new (its
 * `id`, a UUID of the client, makes sending it twice harmless), earlier ones are ignored: the server has them.
 */
export const chatRequest = z.object({
  id: recordId,
  trigger: z.enum(['submit-message', 'regenerate-message']).default('submit-message'),
  messageId: recordId.optional().describe('The answer to write anew, for `regenerate-message`'),
  messages: z
    .array(
      z.object({
        id: recordId,
        role: z.enum(['user', 'assistant', 'system']),
        parts: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })).max(100),
      }),
    )
    .min(1)
    .max(1000),
});
export type ChatRequest = z.infer<typeof chatRequest>;
