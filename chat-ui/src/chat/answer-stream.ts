import { DefaultChatTransport, type UIMessage } from 'ai';
import { type AnswerMetadata, type ChatData, type Message, ParlanceError, problem } from '#contracts';
import { becomeCustomer } from '../api/customer.ts';

/** A message as the AI SDK keeps it. */
export type UiMessage = UIMessage<AnswerMetadata, ChatData>;

/** Messages whose ids tell the server which branch a new one goes on from; it needs no more than the last few. */
const told = 12;

/** The AI SDK's own transport, as this browser's customer. The server has the messages: only ids go along with the new one. */
export const transport = new DefaultChatTransport<UiMessage>({
  api: '/api/v1/chat',
  headers: async () => ({ authorization: `Bearer ${await becomeCustomer()}` }),
  fetch: fetchOrExplain,
  prepareSendMessagesRequest: ({ id, messages, trigger, messageId }) => ({
    body: {
      id,
      trigger,
      messageId,
      messages: messages.slice(-told).map((message, index, { length }) => ({
        id: message.id,
        role: message.role,
        parts: index === length - 1 ? message.parts.filter((part) => part.type === 'text') : [],
      })),
    },
  }),
});

/** Throws a `ParlanceError` for what the server refuses; silence stays the `TypeError` by which the SDK knows it. */
async function fetchOrExplain(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  if (response.ok) return response;
  const { data } = problem.safeParse(await response.json().catch(() => null));
  throw new ParlanceError(
    data?.code ?? 'provider_failed',
    data?.detail ?? `The server answered ${response.status}.`,
    { details: { requestId: data?.requestId } },
  );
}

/** A stored message, as far as the SDK needs to know it. */
export const asUiMessage = ({ id, author }: Pick<Message, 'id' | 'author'>): UiMessage => ({
  id,
  role: author === 'customer' ? 'user' : 'assistant',
  parts: [],
});

/** An answer as far as it was streamed. */
export function asAnswer(message: UiMessage, conversationId: string): Message {
  const { metadata, parts } = message;
  const choices = parts.find((part) => part.type === 'data-choices');
  return {
    id: message.id,
    conversationId,
    parentId: metadata?.parentId || null,
    author: 'bot',
    authorName: null,
    text: parts.map((part) => (part.type === 'text' ? part.text : '')).join(''),
    state: metadata?.state ?? 'streaming',
    outcome: metadata?.outcome ?? null,
    citations: metadata?.citations ?? [],
    choices: choices?.type === 'data-choices' ? choices.data : [],
    sentiment: null,
    feedback: null,
    seq: Number.MAX_SAFE_INTEGER,
    createdAt: new Date().toISOString(),
  };
}
