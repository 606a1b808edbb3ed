import { createRoute, z } from '@hono/zod-openapi';
import { openAiChatRequest, openAiCompletion } from '#contracts';
import type { AnswerPiece } from '../../../answerers/index.ts';
import type { Services } from '../../../container.ts';
import { callerOf } from '../../caller.ts';
import { eventStream } from '../../event-stream.ts';
import { requireScope } from '../../middleware/authenticate.ts';
import { errorResponses, newRouter } from '../../router.ts';
import { sseBody } from '../../sse-body.ts';
import { completionEvents, completionOf, headOf } from './chat-answer.ts';
import { answerRequestOf } from './chat-request.ts';

const complete = createRoute({
  method: 'post',
  path: '/v1/chat/completions',
  tags: ['openai'],
  summary: 'An answer of the bot or of a model, for OpenAI’s clients',
  description:
    'From the messages alone: nothing is kept, and no person is called. `parlance/auto` answers the last message in the words of the knowledge base, with what it cites in `parlance`, or says that it has nothing; a model of GET /v1/models that can be talked to answers in its own. With `stream` it answers in server-sent events: the role, the words, the reason of the end, the usage if asked for, `[DONE]`.',
  middleware: requireScope('chat'),
  request: { body: { required: true, content: { 'application/json': { schema: openAiChatRequest } } } },
  responses: {
    200: {
      description: 'The answer, or its stream',
      content: {
        'application/json': { schema: openAiCompletion },
        'text/event-stream': { schema: z.string() },
      },
    },
    ...errorResponses('openai', 'not_found', 'too_large', 'timeout', 'model_unavailable'),
  },
});

export function completionRoutes({
  answerers,
  stopping,
}: Pick<Services, 'answerers'> & { stopping: AbortSignal }) {
  return newRouter().openapi(complete, async (c) => {
    const request = c.req.valid('json');
    const answerer = answerers.get(request.model);
    const spoken = c.req.header('accept-language')?.slice(0, 2).toLowerCase() ?? '';
    const asked = answerRequestOf(request, answerer, /^[a-z]{2}$/.test(spoken) ? spoken : 'en');
    const gone = new AbortController();
    const signal = AbortSignal.any([c.req.raw.signal, gone.signal]);
    const pieces = answerer.answer(asked, { ...callerOf(c), signal });
    const head = headOf(request.model);
    if (!request.stream) return c.json(await completionOf(head, pieces), 200);

    // Until the first word there is a status to say what is wrong with.
    const begun = await begin(pieces);
    const told = {
      choices: asked.choices,
      withUsage: request.stream_options?.include_usage === true,
      stopping,
    };
    const events = (leaving: AbortSignal) => {
      leaving.addEventListener('abort', () => gone.abort());
      return completionEvents(head, begun, told);
    };
    return eventStream(c, (drop) => sseBody(events, { stop: stopping, drop })) as never;
  });
}

/** The same pieces, of which the first is there. Throws what keeps it from coming. */
async function begin(pieces: AsyncIterable<AnswerPiece>): Promise<AsyncIterable<AnswerPiece>> {
  const rest = pieces[Symbol.asyncIterator]();
  const first = await rest.next();
  return (async function* () {
    for (let next = first; !next.done; next = await rest.next()) yield next.value;
  })();
}
