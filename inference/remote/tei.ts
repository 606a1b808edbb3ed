import {
  type ModelCard,
  type ModelTask,
  ParlanceError,
  type TeiServerInfo,
  teiPrediction,
  teiServerInfo,
  teiVectors,
} from '#contracts';
import type { KernelOutput } from '../kernel.ts';
import type { Endpoint } from './endpoint.ts';
import { isAnswer } from './failures.ts';
import { inHalves, inPieces, textOf } from './halves.ts';
import { malformed, readJsonReply } from './read.ts';
import type { ModelServer, RemoteParts } from './server.ts';
import type { RemoteReply } from './transport.ts';
import { textBatchTokens, tokensOfEach } from './usage.ts';

/** What a task asks of a server of text-embeddings-inference, and how the answer is read: a row of numbers for each text. */
interface Question {
  path: string;
  body(texts: readonly string[], truncate: boolean): object;
  read(card: ModelCard, reply: RemoteReply): number[][];
}

const embed = (card: ModelCard): Question => ({
  path: '/embed',
  body: (inputs, truncate) => ({ inputs, truncate, normalize: card.normalize !== false }),
  read: ({ id }, reply) => readJsonReply(id, reply, teiVectors),
});

const predict = (): Question => ({
  path: '/predict',
  // A list of strings would be one pair.
  body: (texts, truncate) => ({ inputs: texts.map((text) => [text]), truncate, raw_scores: false }),
  read: (card, reply) =>
    readJsonReply(card.id, reply, teiPrediction).map((classes) => inOrder(card, [classes].flat())),
});

const questions: Partial<Record<ModelTask, (card: ModelCard) => Question>> = {
  embeddings: embed,
  sentiment: predict,
};

/** Probabilities in the order of the card's labels. */
function inOrder({ id, labels = [] }: ModelCard, classes: { label: string; score: number }[]): number[] {
  return labels.map((label) => {
    const found = classes.find((each) => each.label.toLowerCase() === label.toLowerCase());
    if (!found) throw malformed(id, `has no label ${label}`);
    return found.score;
  });
}

/**
 * A model behind text-embeddings-inference (Hugging Face) or another Parlance. Texts are sent with the order not to cut them, since
 * a cut would be silent; only a text that is refused for its length is sent again with leave to.
 */
export function tei({ card, endpoint }: RemoteParts): ModelServer {
  const question = questions[card.task]?.(card);
  if (!question) {
    const detail = `A tei server is not asked for ${card.task}. Use it for ${Object.keys(questions).join(' or ')}.`;
    throw new ParlanceError('unsupported', detail);
  }
  let info: TeiServerInfo | undefined;
  const learn = async (signal: AbortSignal) => {
    info = await serverInfo(card, endpoint, signal);
    return info;
  };
  return {
    batchTokens: textBatchTokens,
    async check(signal) {
      await learn(signal);
    },
    async *answer(inputs, signal) {
      const { max_client_batch_size: most } = info ?? (await learn(signal));
      const texts = inputs.map(textOf);
      for (const piece of inPieces(texts, most)) {
        yield* inHalves(piece, (rows) =>
          ask(
            { card, endpoint, question, signal },
            rows.map((row) => texts[row] ?? ''),
          ),
        );
      }
    },
  };
}

/** @throws ParlanceError `model_unavailable` when it has another model than the card names */
async function serverInfo(card: ModelCard, endpoint: Endpoint, signal: AbortSignal): Promise<TeiServerInfo> {
  const info = readJsonReply(card.id, await endpoint.call({ path: '/info' }, signal), teiServerInfo);
  const wanted = card.endpoint?.model;
  const names = [info.model_id, info.served_model_name];
  if (wanted === undefined || names.includes(wanted)) return info;
  const detail = `The server of model ${card.id} has the model ${info.model_id} instead of ${wanted}. Correct its card.`;
  throw new ParlanceError('model_unavailable', detail);
}

interface Asking {
  card: ModelCard;
  endpoint: Endpoint;
  question: Question;
  signal: AbortSignal;
}

async function ask(asking: Asking, texts: readonly string[]): Promise<KernelOutput[] | ParlanceError> {
  const whole = await send(asking, texts, false);
  if (whole || texts.length > 1) return whole ?? refused(asking.card);
  return (await send(asking, texts, true)) ?? refused(asking.card);
}

const refused = ({ id }: ModelCard) =>
  new ParlanceError('invalid_input', `The server of model ${id} refuses this text. Send another.`);

/** Undefined when the texts were refused. */
async function send(
  { card, endpoint, question, signal }: Asking,
  texts: readonly string[],
  truncate: boolean,
): Promise<KernelOutput[] | undefined> {
  const body = JSON.stringify(question.body(texts, truncate));
  const headers = { 'content-type': 'application/json' };
  const reply = await endpoint.call({ path: question.path, body, headers }, signal);
  if (!isAnswer(reply)) return undefined;
  const rows = question.read(card, reply);
  if (rows.length !== texts.length)
    throw malformed(card.id, `has ${rows.length} rows for ${texts.length} texts`);
  const total = reply.header('x-compute-tokens');
  const tokens = tokensOfEach(texts, card.maxTokens, total === null ? undefined : Number(total));
  return rows.map((values, at) => ({
    value: Float32Array.from(values),
    tokens: tokens[at] ?? 1,
    truncated: truncate,
  }));
}
