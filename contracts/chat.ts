import { z } from 'zod';
import { citation, messageState, outcome, turnSentiment } from './conversation.ts';

/** A button under an answer: pressed, its label is sent as the customer's next message. */
const choice = z.object({ intent: z.string(), label: z.string() });

/**
 * What the `data-…` parts of an answer's stream hold, by name. The stream is the AI SDK's UI message stream, version 1.
 */
export const chatData = {
  /** Transient, first of a POST's own stream: the message is stored, and where in the conversation's log. */
  accepted: z.object({ messageId: z.string(), seq: z.number().int() }),
  /** The mood of the customer's message; again with the spans that carried it, when there are any. */
  sentiment: z.object({ messageId: z.string(), sentiment: turnSentiment }),
  /** What answers, and why. `person`: nobody but people, so nothing else follows. */
  route: z.object({ route: z.enum(['retrieval', 'reply', 'person']), reason: z.string() }),
  choices: z.array(choice),
  /** `offered` to the customer, who may accept; `requested`: people have the conversation now. */
  handoff: z.object({ state: z.enum(['offered', 'requested']), reason: z.string() }),
  /** Tokens a language model read and wrote, none where an answer is quoted; milliseconds from the customer's message on. */
  usage: z.object({
    inputTokens: z.number().int(),
    outputTokens: z.number().int(),
    firstWordsMs: z.number(),
    totalMs: z.number(),
  }),
} as const;
export type ChatData = { [N in keyof typeof chatData]: z.infer<(typeof chatData)[N]> };

/** The metadata of an answer's message. At the start `state` is `streaming`; only `complete` is a whole answer. */
export const answerMetadata = z.object({
  parentId: z.string(),
  state: messageState,
  outcome: outcome.nullable(),
  /** `start` and `end` are places in the message's text. */
  citations: z.array(citation),
});
export type AnswerMetadata = z.infer<typeof answerMetadata>;

type DataChunk = {
  [N in keyof ChatData]: { type: `data-${N}`; id?: string; data: ChatData[N]; transient?: boolean };
}[keyof ChatData];

/** One event of the stream. */
export type ChatChunk =
  | { type: 'start'; messageId?: string; messageMetadata?: AnswerMetadata }
  | DataChunk
  | {
      type: 'source-document';
      /** The passage: `GET /api/v1/conversations/{id}/citations/{sourceId}` shows it. */
      sourceId: string;
      mediaType: string;
      title: string;
      filename: string;
      providerMetadata: { parlance: { sourceId: string; headings: string[] } };
    }
  | { type: 'text-start' | 'text-end'; id: string }
  | { type: 'text-delta'; id: string; delta: string }
  | { type: 'message-metadata'; messageMetadata: AnswerMetadata }
  | { type: 'finish'; finishReason: 'stop'; messageMetadata?: AnswerMetadata }
  /** Cut off, by the customer or because a person took over; the metadata before it says which. */
  | { type: 'abort'; reason: string }
  | { type: 'error'; errorText: string };
