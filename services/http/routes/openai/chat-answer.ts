import { randomUUID } from 'node:crypto';
import { asParlanceError, type OpenAiChunk, type OpenAiCompletion, ParlanceError } from '#contracts';
import type { AnswerPiece } from '../../../answerers/index.ts';
import { statusOf } from '../../errors.ts';
import { openAiError } from '../../foreign-errors.ts';
import { sseEvent } from '../../sse-body.ts';

/** What every part of one answer says of it. */
export interface AnswerHead {
  id: string;
  created: number;
  model: string;
}

export const headOf = (model: string): AnswerHead => ({
  id: `chatcmpl-${randomUUID()}`,
  created: Math.floor(Date.now() / 1000),
  model,
});

type End = Extract<AnswerPiece, { type: 'end' }>;

const usageOf = ({ usage: { inputTokens, outputTokens } }: End) => ({
  prompt_tokens: inputTokens,
  completion_tokens: outputTokens,
  total_tokens: inputTokens + outputTokens,
});

/** The whole answer at once. */
export async function completionOf(
  head: AnswerHead,
  pieces: AsyncIterable<AnswerPiece>,
): Promise<OpenAiCompletion> {
  let content = '';
  for await (const piece of pieces) {
    if (piece.type === 'text') {
      content += piece.text;
      continue;
    }
    const message = { role: 'assistant' as const, content, refusal: null };
    return {
      ...head,
      object: 'chat.completion',
      choices: [{ index: 0, message, logprobs: null, finish_reason: piece.finish }],
      usage: usageOf(piece),
      parlance: piece.grounds,
    };
  }
  throw new Error('an answer had no end');
}

/**
 * The answer as server-sent events. What fails now is told within the stream: its status is long sent. An answer that is
 * not told to its end is not called done.
 * @param stopping aborted when the server ends
 */
export async function* completionEvents(
  head: AnswerHead,
  pieces: AsyncIterable<AnswerPiece>,
  { withUsage, stopping }: { withUsage: boolean; stopping: AbortSignal },
): AsyncGenerator<string> {
  const chunk = (
    delta: OpenAiChunk['choices'][number]['delta'],
    finish_reason: OpenAiChunk['choices'][number]['finish_reason'] = null,
  ): OpenAiChunk => ({
    ...head,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    ...(withUsage ? { usage: null } : {}),
  });
  try {
    yield sseEvent(chunk({ role: 'assistant', content: '' }));
    for await (const piece of pieces) {
      if (piece.type === 'text') yield sseEvent(chunk({ content: piece.text }));
      else {
        yield sseEvent({ ...chunk({}, piece.finish), parlance: piece.grounds });
        if (withUsage) yield sseEvent({ ...chunk({}), choices: [], usage: usageOf(piece) });
      }
    }
    yield 'data: [DONE]\n\n';
  } catch (thrown) {
    const error = stopping.aborted
      ? new ParlanceError('model_unavailable', 'The server is stopping. Ask again in a moment.')
      : asParlanceError(thrown);
    yield sseEvent(openAiError(error, statusOf(error.code, 'openai')));
  }
}
