import { type ModelCard, ParlanceError } from '#contracts';
import type { InferenceReply, ModelCatalogue, Runtime } from '#inference';
import type { Answer, Conversation } from '#nlp';
import type { Answerer, AnswerRequest } from './answerer.ts';
import { Pieces } from './pieces.ts';

export interface ModelParts {
  catalogue: ModelCatalogue;
  runtime: Runtime;
}

/** As long as OpenAI's clients wait by themselves: an answer may take minutes, and whoever hangs up ends it. */
const timeoutMs = 600_000;
const mostChoices = 8;
/** No vocabulary has tokens of more characters on average. */
const charactersPerToken = 24;

/** The models of the catalogue that can be talked to: each writes its answer in words of its own. */
export const modelAnswerers = ({ catalogue, runtime }: ModelParts): Answerer[] =>
  catalogue.cards.filter(({ task }) => task === 'chat').map((card) => modelAnswerer(card, runtime));

const modelAnswerer = (card: ModelCard, runtime: Runtime): Answerer => ({
  id: card.id,
  ownedBy: card.source,
  mostChoices,
  longestMessage: card.maxTokens * charactersPerToken,
  async *answer(request, caller) {
    const pieces = new Pieces<{ choice: number; text: string }>();
    const reply = runtime.infer({
      ...caller,
      timeoutMs: caller.timeoutMs ?? timeoutMs,
      model: card.id,
      inputs: inputsOf(request),
      onPiece: (choice, text) => pieces.put({ choice, text }),
    });
    reply.then(
      () => pieces.end(),
      () => pieces.end(),
    );
    for await (const piece of pieces) yield { type: 'text', ...piece };
    const { answers, usage } = await read(reply);
    for (const [choice, { finish }] of answers.entries()) yield { type: 'finish', choice, finish };
    yield { type: 'end', usage, grounds: null };
  },
});

/** One for each answer. Those of one seed differ from each other, and are the same another time. */
const inputsOf = ({ messages, maxTokens, stop, choices, sampling }: AnswerRequest): Conversation[] =>
  Array.from({ length: choices }, (_, choice) => {
    const { seed, temperature, ...asked } = sampling;
    const own = {
      ...definedOf(asked),
      ...(seed !== undefined && { seed: seed + choice }),
      ...(temperature !== undefined && { temperature }),
    };
    return { messages, maxTokens, stop, sampling: own };
  });

/** @throws ParlanceError where the model could not answer */
async function read(reply: Promise<InferenceReply>) {
  const { outputs } = await reply;
  const answers = outputs.map(({ value }) => {
    const answer = value as Answer;
    if ('refused' in answer) throw ParlanceError.field('/messages', answer.reason, answer.refused);
    return answer;
  });
  const outputTokens = outputs.reduce((sum, { written = 0 }) => sum + written, 0);
  // The question counts once, however often it is answered.
  return { answers, usage: { inputTokens: outputs[0]?.tokens ?? 0, outputTokens } };
}

/** Without what is undefined, which would hide what the model's own configuration says. */
const definedOf = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
