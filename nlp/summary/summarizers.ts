import { ParlanceError } from '#contracts';
import type { ModelCall } from '#inference';
import { type Answer, type Conversation, causal } from '../kernels/causal.ts';
import { seq2seq, type Writing, type Written } from '../kernels/seq2seq.ts';
import { sentencesOf } from '../text/segment.ts';

/** `cut` where the model could not read all of the text. */
export interface Summary {
  summary: string;
  cut: boolean;
}

/** A model that sums texts up in its own words. */
export interface Summarizer {
  /** About how long a text may be, in code units: only the model knows its tokens. */
  longest: number;
  sumUp(texts: string[]): Promise<Summary[]>;
}

/** Characters of one token of English and Spanish, as a first guess. */
const charactersPerToken = 4;

/** Whether a kernel writes summaries. */
export const writes = (kernel: string): boolean => kernel === seq2seq.name || kernel === causal.name;

export const summarizerOf = (call: ModelCall): Summarizer =>
  call.card.kernel === causal.name ? byConversation(call) : byEncoder(call);

/** A model that was trained for it. */
function byEncoder(call: ModelCall): Summarizer {
  const { prefix = '', maxTokens } = call.card;
  return {
    longest: Math.max(1, maxTokens * charactersPerToken - prefix.length),
    async sumUp(texts) {
      const inputs = texts.map((text): Writing => ({ text: prefix + text }));
      const outputs = await call.infer<Written>(inputs, { countTruncation: false });
      return outputs.map(({ value, truncated }) => ({ summary: value.text, cut: truncated }));
    },
  };
}

/** Tokens of a chat model's summary; what it leaves unfinished there is left out. */
const answerTokens = 256;
const instruction =
  'Summarize the following text in a few short sentences, in its own language. Reply with the summary only.';
/** Tokens of the instruction and of what the template puts around messages, about. */
const aroundTokens = 64;

/** A chat model that is asked for it. It reads and writes within one context. */
function byConversation(call: ModelCall): Summarizer {
  const room = Math.max(call.card.maxTokens - answerTokens - aroundTokens, call.card.maxTokens / 4);
  return {
    longest: Math.floor(room) * charactersPerToken,
    async sumUp(texts) {
      const inputs = texts.map(
        (text): Conversation => ({
          // In one message: not every template has one for instructions.
          messages: [{ role: 'user', text: `${instruction}\n\n${text}` }],
          maxTokens: answerTokens,
          sampling: { temperature: 0 },
        }),
      );
      return (await call.infer<Answer>(inputs)).map(({ value }) => summaryOf(value));
    },
  };
}

/** @throws ParlanceError where the model refuses for another reason than the length of the text */
function summaryOf(answer: Answer): Summary {
  if (!('refused' in answer))
    return { summary: answer.finish === 'length' ? finished(answer.text) : answer.text.trim(), cut: false };
  if (answer.refused === 'too_large') return { summary: '', cut: true };
  throw new ParlanceError(answer.refused, answer.reason);
}

/** Without the last sentence, where there is another. */
function finished(text: string): string {
  const sentences = sentencesOf(text);
  const last = sentences.at(sentences.length > 1 ? -2 : -1);
  return text.slice(0, last?.end).trim();
}
