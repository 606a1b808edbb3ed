import { maxMessageLength, messageText, ParlanceError } from '#contracts';
import { type AnswerPart, type ChatTools, estimateTokens, recall, respond, type Said } from '#nlp';
import type { Answerer, AnswerRequest, Grounds } from './answerer.ts';
import { type Finish, limited } from './limits.ts';

export interface GroundedParts {
  tools: (tenant: string, signal: AbortSignal) => ChatTools;
  /** Awaited between two pieces; tests hold answers with it. */
  pace?: (() => Promise<void>) | undefined;
}

/**
 * The bot of the chat, for clients that keep the conversation themselves: it quotes the knowledge base or says that it has
 * nothing. Instructions of the client do not change what it says, and temperature has nothing to act on. No model counts
 * its words: tokens are estimates of what the embedding model would read.
 */
export function groundedAnswerer({ tools: toolsFor, pace }: GroundedParts): Answerer {
  return {
    id: 'parlance/auto',
    ownedBy: 'parlance',
    mostChoices: 1,
    longestMessage: maxMessageLength,
    async *answer(request, { tenant, signal }) {
      const tools = toolsFor(tenant, signal);
      const turn = await recall(saidIn(request), request.language, tools);
      const count = (text: string) => Math.ceil(estimateTokens(text, turn.language));
      const grounds: Grounds = { outcome: 'refused', citations: [], choices: [], handoff: null };
      const { stop, maxTokens } = request;
      const maxLength = maxTokens && lengthOf(maxTokens, turn.language);
      const parts = respond(turn, tools);
      const pieces = limited(wordsOf(parts, grounds, pace), { stop, maxLength });
      let text = '';
      let finish: Finish | undefined;
      while (finish === undefined) {
        const { done, value } = await pieces.next();
        if (signal.aborted) throw new ParlanceError('cancelled', 'Whoever asked has gone.');
        if (done) finish = value;
        else {
          text += value;
          yield { type: 'text', choice: 0, text: value };
        }
      }
      // What became of the question is told after its last word, also when that was not said any more.
      for await (const _ of wordsOf(parts, grounds));
      grounds.citations = grounds.citations.filter(({ end }) => end <= text.length);
      const inputTokens = request.messages.reduce((sum, message) => sum + count(message.text), 0);
      yield { type: 'finish', choice: 0, finish };
      yield { type: 'end', usage: { inputTokens, outputTokens: count(text) }, grounds };
    },
  };
}

/** What can be a turn; a text that no customer could have sent in the chat is none. */
function saidIn({ messages }: AnswerRequest): Said[] {
  return messages.flatMap(({ role, text }): Said[] => {
    if (role === 'assistant') return [{ by: 'bot', text }];
    const read = role === 'user' ? messageText.safeParse(text) : undefined;
    return read?.success ? [{ by: 'customer', text: read.data }] : [];
  });
}

/** The words of an answer; what else it says goes into `grounds`. Another reader goes on where one left off. */
async function* wordsOf(
  parts: AsyncGenerator<AnswerPart>,
  grounds: Grounds,
  pace = async () => {},
): AsyncGenerator<string> {
  for (let next = await parts.next(); !next.done; next = await parts.next()) {
    const part = next.value;
    if (part.type === 'text') {
      yield part.text;
      await pace();
    }
    if (part.type === 'choices') grounds.choices = part.choices;
    if (part.type === 'handoff') grounds.handoff = { state: part.state, reason: part.reason };
    if (part.type === 'end') {
      grounds.outcome = part.outcome;
      grounds.citations = part.citations;
    }
  }
}

/** The longest text of so many tokens by the estimate, which is by length. */
function lengthOf(tokens: number, language: string): number {
  const sample = 'x'.repeat(1000);
  return Math.floor((tokens * sample.length) / estimateTokens(sample, language));
}
