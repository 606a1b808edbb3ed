import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { type ChatRequest, chatRequest, messageText, ParlanceError, recordId } from '#contracts';
import type { AnswerStream, Chat } from '../../chat/chat.ts';
import type { Incoming } from '../../chat/turn.ts';
import type { AppEnv } from '../env.ts';
import { eventStream } from '../event-stream.ts';
import { requireScope } from '../middleware/authenticate.ts';
import { json, newRouter, problemResponses } from '../router.ts';
import { sseBody, sseEvent } from '../sse-body.ts';

const shared = { tags: ['chat'], middleware: requireScope('chat') };
const stream = {
  200: {
    description: 'The answer as it is written',
    content: { 'text/event-stream': { schema: z.string() } },
  },
};

const send = createRoute({
  ...shared,
  method: 'post',
  path: '/api/v1/chat',
  summary: 'Send a message and read its answer',
  description:
    'Takes what the AI SDK sends and answers in its UI message stream, version 1, so that its client works as it is. The message is stored before the answer begins; sent again with the same id it is the same message, and the stream that of its answer. The answer is written to its end whether or not anybody reads it.',
  request: { body: { content: json(chatRequest), required: true } },
  responses: { ...stream, ...problemResponses('too_large', 'not_found', 'conflict', 'storage_full') },
});

const resume = createRoute({
  ...shared,
  method: 'get',
  path: '/api/v1/chat/{id}/stream',
  summary: 'Read the answer that is being written',
  description: 'From its beginning, with the same message id: after a reload, or on a second device.',
  request: { params: z.object({ id: recordId }) },
  responses: {
    ...stream,
    204: { description: 'No answer is being written' },
    ...problemResponses('not_found'),
  },
});

/** The customer's side of a conversation as the AI SDK speaks it. Needs `chat`. */
export function chatRoutes({ chat, stopping }: { chat: Chat; stopping: AbortSignal }) {
  const answer = (c: Context<AppEnv>, chunks: AnswerStream) => {
    c.header('x-vercel-ai-ui-message-stream', 'v1');
    return eventStream(c, (drop) =>
      sseBody((signal) => answerEvents(chunks, signal), { stop: stopping, drop }),
    );
  };
  return newRouter()
    .openapi(send, async (c) => {
      const request = c.req.valid('json');
      const principal = c.get('principal');
      const { id, trigger, messageId } = request;
      if (trigger === 'regenerate-message')
        return answer(c, await chat.again(principal, id, messageId)) as never;
      const language = c.req.header('accept-language')?.slice(0, 2).toLowerCase();
      return answer(c, await chat.send(principal, incomingOf(request, language))) as never;
    })
    .openapi(resume, async (c) => {
      const chunks = await chat.resume(c.get('principal'), c.req.valid('param').id);
      return (chunks ? answer(c, chunks) : c.body(null, 204)) as never;
    });
}

/** An answer that this process stops telling before its end is not called done. */
export async function* answerEvents(chunks: AnswerStream, signal: AbortSignal): AsyncGenerator<string> {
  for await (const chunk of chunks(signal)) yield sseEvent(chunk);
  if (!signal.aborted) yield 'data: [DONE]\n\n';
}

const languageTag = /^[a-z]{2}$/;

/** The last message is what is new; of the others only their ids say anything the server does not know. */
function incomingOf({ id, messages }: ChatRequest, language: string | undefined): Incoming {
  const at = messages.length - 1;
  const last = messages[at];
  if (last?.role !== 'user') {
    throw ParlanceError.field(
      `/messages/${at}/role`,
      'The last message must be of the user: it is what is sent.',
    );
  }
  const parts = last.parts.flatMap((part) => (part.type === 'text' ? (part.text ?? '') : []));
  const text = messageText.safeParse(parts.join('\n'));
  if (!text.success) {
    const detail = text.error.issues[0]?.message ?? 'This is no message.';
    throw ParlanceError.field(`/messages/${at}/parts`, detail);
  }
  return {
    conversationId: id,
    messageId: last.id,
    text: text.data,
    seen: messages
      .slice(0, -1)
      .map((message) => message.id)
      .reverse(),
    language: languageTag.test(language ?? '') ? (language as string) : 'en',
    name: null,
  };
}
