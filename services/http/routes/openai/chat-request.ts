import { type OpenAiChatRequest, type OpenAiMessage, ParlanceError } from '#contracts';
import type { Answerer, AnswerRequest } from '../../../answerers/index.ts';

/**
 * What a client of OpenAI asks for, as answerers take it. What would change the answer and cannot be done is refused;
 * what makes no difference is left aside.
 * @param answerer who is asked
 * @param language two letters, for messages that do not show theirs
 * @throws ParlanceError `invalid_input`, `unsupported`, `too_large`
 */
export function answerRequestOf(
  request: OpenAiChatRequest,
  { mostChoices, longestMessage }: Pick<Answerer, 'mostChoices' | 'longestMessage'>,
  language: string,
): AnswerRequest {
  refuseWhatCannotBe(request, mostChoices);
  const { messages, stop, n, max_tokens, max_completion_tokens } = request;
  const read = messages.map((message, at) => ({ role: roleOf(message, at), text: textOf(message, at) }));
  const at = read.length - 1;
  const last = read[at];
  if (last?.role !== 'user') {
    throw ParlanceError.field(
      `/messages/${at}/role`,
      'The last message must be of the user: it is answered.',
    );
  }
  const where = `/messages/${at}/content`;
  if (last.text.trim() === '') throw ParlanceError.field(where, 'The message is empty. Ask something.');
  if (last.text.includes('\0')) throw ParlanceError.field(where, 'Remove the character U+0000.');
  if (last.text.length > longestMessage) {
    const detail = `The message has ${last.text.length} characters; ${longestMessage} are read at most. Shorten it.`;
    throw ParlanceError.field(where, detail, 'too_large');
  }
  return {
    messages: read,
    language,
    stop: typeof stop === 'string' ? [stop] : (stop ?? []),
    maxTokens: max_completion_tokens ?? max_tokens ?? undefined,
    choices: n ?? 1,
    sampling: {
      temperature: request.temperature ?? undefined,
      topP: request.top_p ?? undefined,
      topK: request.top_k ?? undefined,
      repetitionPenalty: request.repetition_penalty ?? undefined,
      frequencyPenalty: request.frequency_penalty ?? undefined,
      presencePenalty: request.presence_penalty ?? undefined,
      seed: request.seed ?? undefined,
    },
  };
}

function refuseWhatCannotBe(request: OpenAiChatRequest, mostChoices: number): void {
  const { n, tools, functions, response_format, logprobs, logit_bias, modalities } = request;
  const fewer =
    mostChoices === 1
      ? 'There is one answer. Leave `n` out'
      : `There are ${mostChoices} answers at most. Lower \`n\``;
  const refused: [field: string, asked: boolean, detail: string][] = [
    ['n', (n ?? 1) > mostChoices, `${fewer}, or ask again.`],
    ['tools', !!tools?.length, 'Tools are not called here. Leave `tools` out.'],
    ['functions', !!functions?.length, 'Functions are not called here. Leave `functions` out.'],
    [
      'response_format',
      (response_format?.type ?? 'text') !== 'text',
      'Answers are text. Leave `response_format` out.',
    ],
    ['logprobs', logprobs === true, 'Answers have no token probabilities. Leave `logprobs` out.'],
    [
      'logit_bias',
      Object.keys(logit_bias ?? {}).length > 0,
      'Single tokens cannot be favoured. Leave `logit_bias` out.',
    ],
    ['modalities', !!modalities?.some((each) => each !== 'text'), 'Answers are text, and nothing else.'],
  ];
  const found = refused.find(([, asked]) => asked);
  if (found) throw ParlanceError.field(`/${found[0]}`, found[2], 'unsupported');
}

function roleOf({ role }: OpenAiMessage, at: number): AnswerRequest['messages'][number]['role'] {
  if (role === 'developer') return 'system';
  if (role !== 'tool' && role !== 'function') return role;
  throw ParlanceError.field(
    `/messages/${at}/role`,
    'Tools are not called here, so none can answer.',
    'unsupported',
  );
}

function textOf({ content }: OpenAiMessage, at: number): string {
  if (typeof content === 'string') return content;
  const parts = (content ?? []).map(({ type, text }, part) => {
    if (type === 'text' && text !== undefined) return text;
    const detail = `Only text is read: remove the part of type ${type}.`;
    throw ParlanceError.field(`/messages/${at}/content/${part}`, detail, 'unsupported');
  });
  return parts.join('\n');
}
