import { describe, expect, it } from 'vitest';
import { type ModelCard, ParlanceError } from '#contracts';
import { type InferenceReply, type InferenceRequest, ModelCatalogue } from '#inference';
import type { Conversation } from '#nlp';
import type { AnswerPiece, AnswerRequest } from './answerer.ts';
import { modelAnswerers } from './model.ts';

const card = { id: 'm', task: 'chat', source: 'dir', maxTokens: 100 } as ModelCard;
const asked: AnswerRequest = {
  messages: [{ role: 'user', text: 'Hi' }],
  ...{ language: 'en', stop: [], maxTokens: undefined, choices: 1 },
  sampling: {
    ...{ temperature: undefined, topP: undefined, topK: undefined, seed: 4 },
    ...{ repetitionPenalty: undefined, frequencyPenalty: undefined, presencePenalty: undefined },
  },
};

/** What an answerer over this runtime says, and how it ended. */
async function heard(
  infer: (request: InferenceRequest) => Promise<InferenceReply>,
  { request = asked, signal = new AbortController().signal } = {},
): Promise<{ pieces: AnswerPiece[]; error?: unknown }> {
  const [answerer] = modelAnswerers({ catalogue: new ModelCatalogue([card]), runtime: { infer } });
  const pieces: AnswerPiece[] = [];
  try {
    const caller = { tenant: 't', lane: 'interactive' as const, signal };
    for await (const piece of answerer?.answer(request, caller) ?? []) pieces.push(piece);
    return { pieces };
  } catch (error) {
    return { pieces, error };
  }
}

const replyOf = (...values: unknown[]): InferenceReply => ({
  outputs: values.map((value) => ({ value, tokens: 7, written: 2, truncated: false })),
  ...{ queueMs: 0, inferenceMs: 0 },
});

describe('an answer by a model', () => {
  it('is told in pieces as they come, then why each ends, then what all cost', async () => {
    const { pieces } = await heard(
      async ({ inputs, onPiece }) => {
        for (const [at] of inputs.entries()) {
          onPiece?.(at, 'a');
          await new Promise((resolve) => setImmediate(resolve));
          onPiece?.(at, 'b');
        }
        return replyOf({ text: 'ab', finish: 'stop' }, { text: 'ab', finish: 'length' });
      },
      { request: { ...asked, choices: 2 } },
    );
    expect(pieces).toEqual([
      { type: 'text', choice: 0, text: 'a' },
      { type: 'text', choice: 0, text: 'b' },
      { type: 'text', choice: 1, text: 'a' },
      { type: 'text', choice: 1, text: 'b' },
      { type: 'finish', choice: 0, finish: 'stop' },
      { type: 'finish', choice: 1, finish: 'length' },
      { type: 'end', usage: { inputTokens: 7, outputTokens: 4 }, grounds: null },
    ]);
  });

  it('asks for nothing that the caller left to the model, and tells its answers apart by their seeds', async () => {
    let seen: InferenceRequest | undefined;
    const request = { ...asked, choices: 2 };
    await heard(
      async (inference) => {
        seen = inference;
        return replyOf();
      },
      { request },
    );
    expect(seen?.inputs.map((input) => (input as unknown as Conversation).sampling)).toEqual([
      { seed: 4 },
      { seed: 5 },
    ]);
    expect(seen?.timeoutMs).toBeGreaterThan(60_000);
  });

  it('that breaks off is an error after what was told', async () => {
    const { pieces, error } = await heard(async ({ onPiece }) => {
      onPiece?.(0, 'a');
      throw new ParlanceError('model_unavailable', 'gone');
    });
    expect(pieces).toEqual([{ type: 'text', choice: 0, text: 'a' }]);
    expect(error).toMatchObject({ code: 'model_unavailable' });
  });

  it('that the model refuses is the fault of the messages', async () => {
    const { error } = await heard(async () => replyOf({ refused: 'too_large', reason: 'Shorten them.' }));
    expect(error).toMatchObject({ code: 'too_large', message: 'Shorten them.' });
    expect((error as ParlanceError).details.errors?.[0]?.pointer).toBe('/messages');
  });

  it('is left off with its caller', async () => {
    const leaving = new AbortController();
    const { error } = await heard(
      ({ signal, onPiece }) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(new ParlanceError('cancelled', 'left')));
          onPiece?.(0, 'a');
          leaving.abort();
        }),
      { signal: leaving.signal },
    );
    expect(error).toMatchObject({ code: 'cancelled' });
  });
});
