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

/** The whole of the answers at once. */
export async function completionOf(
  head: AnswerHead,
  pieces: AsyncIterable<AnswerPiece>,
): Promise<OpenAiCompletion> {
  const contents: string[] = [];
  const choices: OpenAiCompletion['choices'] = [];
  for await (const piece of pieces) {
    if (piece.type === 'text') contents[piece.choice] = (contents[piece.choice] ?? '') + piece.text;
    else if (piece.type === 'finish') {
      const content = contents[piece.choice] ?? '';
      const message = { role: 'assistant' as const, content, refusal: null };
      choices.push({ index: piece.choice, message, logprobs: null, finish_reason: piece.finish });
    } else {
      const { grounds: parlance } = piece;
      return { ...head, object: 'chat.completion', choices, usage: usageOf(piece), parlance };
    }
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
  { choices, withUsage, stopping }: { choices: number; withUsage: boolean; stopping: AbortSignal },
): AsyncGenerator<string> {
  const chunk = (
    index: number,
    delta: OpenAiChunk['choices'][number]['delta'],
    finish_reason: OpenAiChunk['choices'][number]['finish_reason'] = null,
  ): OpenAiChunk => ({
    ...head,
    object: 'chat.completion.chunk',
    choices: [{ index, delta, logprobs: null, finish_reason }],
    ...(withUsage ? { usage: null } : {}),
  });
  try {
    for (let index = 0; index < choices; index++)
      yield sseEvent(chunk(index, { role: 'assistant', content: '' }));
    const finished: OpenAiChunk[] = [];
    for await (const piece of pieces) {
      if (piece.type === 'text') yield sseEvent(chunk(piece.choice, { content: piece.text }));
      else if (piece.type === 'finish') finished.push(chunk(piece.choice, {}, piece.finish));
      else {
        for (const last of finished) yield sseEvent({ ...last, parlance: piece.grounds });
        if (withUsage) yield sseEvent({ ...chunk(0, {}), choices: [], usage: usageOf(piece) });
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
