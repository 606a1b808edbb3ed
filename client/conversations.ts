import type {
  Conversation,
  CustomerToken,
  Feedback,
  MessagePage,
  OpenConversationRequest,
  Passage,
} from '#contracts';
import { type Call, type CallSettings, type Open, queryOf } from './call.ts';

/** A page of conversations, the latest first; pass `next` of one as `after` to read the following one. */
export interface ConversationPage {
  conversations: Conversation[];
  next: string | null;
}

/**
 * Conversations as those see them who are in them: a customer, by their token, their own. Messages are sent, and answers
 * read, with the AI SDK's chat transport at `/api/v1/chat`.
 */
export const conversationCalls = (call: Call, open: Open) => {
  const path = (id: string, rest = '') => `/api/v1/conversations/${encodeURIComponent(id)}${rest}`;
  return {
    list: (after?: string) => call<ConversationPage>('GET', `/api/v1/conversations${queryOf({ after })}`),
    /** Not needed before a first message, which opens one by itself. */
    open: (request: Partial<OpenConversationRequest> = {}) =>
      call<Conversation>('POST', '/api/v1/conversations', request),
    get: (id: string, settings?: CallSettings) => call<Conversation>('GET', path(id), undefined, settings),
    /** The latest messages, or those before `before`, oldest first. */
    messages: (id: string, before?: number, settings?: CallSettings) =>
      call<MessagePage>(
        'GET',
        path(id, `/messages${queryOf({ before: before?.toString() })}`),
        undefined,
        settings,
      ),
    /** Server-sent events, each an `Event` of the conversation, after `since`. */
    events: (id: string, since: number, settings?: CallSettings) =>
      open(path(id, `/events?since=${since}`), settings),
    /** Ends what the bot is saying; what was said stays. */
    stop: (id: string) => call<Conversation>('POST', path(id, '/stop')),
    /** Asks for a person. */
    handOff: (id: string, reason: string | null = null) =>
      call<Conversation>('POST', path(id, '/handoff'), { reason }),
    rate: (id: string, messageId: string, feedback: Feedback) =>
      call<void>('PUT', path(id, `/messages/${encodeURIComponent(messageId)}/feedback`), feedback),
    /** A passage that is cited in the conversation, as it is now. */
    citation: (id: string, passageId: string) =>
      call<Passage>('GET', path(id, `/citations/${encodeURIComponent(passageId)}`)),
  };
};

/** Customers, who prove by a token which conversations are theirs. */
export const customerCalls = (call: Call) => ({
  create: () => call<CustomerToken>('POST', '/api/v1/customers'),
});
