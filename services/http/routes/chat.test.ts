import { expect, it } from 'vitest';
import type { AnswerStream } from '../../chat/chat.ts';
import { answerEvents } from './chat.ts';

const answer: AnswerStream = async function* (signal) {
  yield { type: 'text-start', id: 'answer' };
  if (signal.aborted) return;
  yield { type: 'finish', finishReason: 'stop' };
};

async function told(stop: (stopping: AbortController) => void): Promise<string[]> {
  const stopping = new AbortController();
  const events: string[] = [];
  for await (const event of answerEvents(answer, stopping.signal)) {
    events.push(event);
    stop(stopping);
  }
  return events;
}

it('an answer told to its end is done', async () => {
  expect((await told(() => {})).at(-1)).toBe('data: [DONE]\n\n');
});

it('an answer broken off by a server that stops is not', async () => {
  const events = await told((stopping) => stopping.abort());
  expect(events).toEqual(['data: {"type":"text-start","id":"answer"}\n\n']);
});
