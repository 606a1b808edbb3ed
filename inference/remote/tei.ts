import { type ModelCard, ParlanceError, type TeiServerInfo, teiServerInfo } from '#contracts';
import type { KernelInput, KernelOutput } from '../kernel.ts';
import { alikeBy } from '../packing.ts';
import type { Endpoint } from './endpoint.ts';
import { isAnswer, refused } from './failures.ts';
import { inHalves, inPieces, textOf } from './halves.ts';
import { malformed, readJsonReply } from './read.ts';
import type { ModelServer, RemoteParts } from './server.ts';
import { questions } from './tei-questions.ts';
import { textBatchTokens, tokensOfEach } from './usage.ts';

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

  /** Undefined when the inputs were refused. */
  const send = async (inputs: KernelInput[], truncate: boolean, signal: AbortSignal) => {
    const body = JSON.stringify(question.body(inputs, truncate));
    const headers = { 'content-type': 'application/json' };
    const reply = await endpoint.call({ path: question.path, body, headers }, signal);
    if (!isAnswer(reply)) return undefined;
    const values = question.read(card, reply);
    if (values.length !== inputs.length) {
      throw malformed(card.id, `has ${values.length} rows for ${inputs.length} texts`);
    }
    const total = reply.header('x-compute-tokens');
    const texts = inputs.map(textOf);
    const tokens = tokensOfEach(texts, card.maxTokens, total === null ? undefined : Number(total));
    return values.map((value, at): KernelOutput => ({ value, tokens: tokens[at] ?? 1, truncated: truncate }));
  };

  const ask = async (inputs: KernelInput[], signal: AbortSignal): Promise<KernelOutput[] | ParlanceError> => {
    const whole = await send(inputs, false, signal);
    if (whole || inputs.length > 1) return whole ?? refused(card.id);
    return (await send(inputs, true, signal)) ?? refused(card.id);
  };

  return {
    batchTokens: textBatchTokens,
    async check(signal) {
      await learn(signal);
    },
    async *answer(inputs, signal) {
      const { max_client_batch_size: most } = info ?? (await learn(signal));
      for (const alike of alikeBy(inputs, question.shared)) {
        for (const piece of inPieces(alike, most)) {
          yield* inHalves(piece, (rows) =>
            ask(
              rows.map((row) => inputs[row] as KernelInput),
              signal,
            ),
          );
        }
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
