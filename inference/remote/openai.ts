import { type ModelCard, openAiModels, openAiVectors, ParlanceError } from '#contracts';
import type { KernelOutput } from '../kernel.ts';
import { toUnitLength } from '../unit-length.ts';
import type { Endpoint } from './endpoint.ts';
import { isAnswer, refused } from './failures.ts';
import { inHalves, inPieces, textOf } from './halves.ts';
import { malformed, readJsonReply } from './read.ts';
import type { ModelServer, RemoteParts } from './server.ts';
import { textBatchTokens, tokensOfEach } from './usage.ts';

/** Texts of one request: OpenAI takes 2,048, others fewer. */
const mostTexts = 64;
/** Conservative characters of one token, so that a text that was too long seldom is again. */
const charactersPerToken = 3;

/**
 * A model behind `/embeddings` as OpenAI has it: OpenAI itself, vLLM, Ollama, LM Studio, Infinity and many more. The protocol knows no
 * truncation: a text that is refused for its length is cut here and reported; a server that cuts silently cannot be found out.
 */
export function openAi({ card, endpoint }: RemoteParts): ModelServer {
  if (card.task !== 'embeddings') {
    const detail = `An openai endpoint is not asked for ${card.task}. Use it for embeddings.`;
    throw new ParlanceError('unsupported', detail);
  }
  return {
    batchTokens: textBatchTokens,
    check: (signal) => checkModel(card, endpoint, signal),
    async *answer(inputs, signal) {
      const texts = inputs.map(textOf);
      for (const piece of inPieces([...texts.keys()], mostTexts)) {
        yield* inHalves(piece, (rows) =>
          ask(
            { card, endpoint, signal },
            rows.map((row) => texts[row] ?? ''),
          ),
        );
      }
    },
  };
}

const nameOf = ({ id, endpoint }: ModelCard): string => endpoint?.model ?? id;

async function checkModel(card: ModelCard, endpoint: Endpoint, signal: AbortSignal): Promise<void> {
  const { data } = readJsonReply(card.id, await endpoint.call({ path: '/models' }, signal), openAiModels);
  const name = nameOf(card);
  // Ollama lists what it calls `name` as `name:latest`.
  if (data.some(({ id }) => id === name || id === `${name}:latest`)) return;
  const detail = `The server of model ${card.id} does not list ${name}. Correct its card, or load the model there.`;
  throw new ParlanceError('model_unavailable', detail);
}

interface Asking {
  card: ModelCard;
  endpoint: Endpoint;
  signal: AbortSignal;
}

async function ask(asking: Asking, texts: readonly string[]): Promise<KernelOutput[] | ParlanceError> {
  const { card } = asking;
  const refusal = refused(card.id);
  const sent = await send(asking, texts);
  if (sent && !sent.cut) return sent.outputs;
  // One of them was refused or cut: which one shows when each is alone.
  if (texts.length > 1) return refusal;
  if (sent) return sent.outputs.map(asCut);
  const [text = ''] = texts;
  // Half of a character is no text, which servers refuse as well.
  const beginning = text.slice(0, card.maxTokens * charactersPerToken).replace(/[\uD800-\uDBFF]$/, '');
  if (beginning.length === text.length) return refusal;
  return (await send(asking, [beginning]))?.outputs.map(asCut) ?? refusal;
}

const asCut = (output: KernelOutput): KernelOutput => ({ ...output, truncated: true });

/** Undefined when the texts were refused. `cut` is said by servers of ours: one of the texts was not read whole. */
async function send(
  { card, endpoint, signal }: Asking,
  texts: readonly string[],
): Promise<{ outputs: KernelOutput[]; cut: boolean } | undefined> {
  const body = JSON.stringify({ model: nameOf(card), input: texts, encoding_format: 'base64' });
  const headers = { 'content-type': 'application/json' };
  const reply = await endpoint.call({ path: '/embeddings', body, headers }, signal);
  if (!isAnswer(reply)) return undefined;
  const { data, usage, parlance } = readJsonReply(card.id, reply, openAiVectors);
  if (data.length !== texts.length) {
    throw malformed(card.id, `has ${data.length} vectors for ${texts.length} texts`);
  }
  const vectors = new Map(data.map(({ index, embedding }) => [index, embedding]));
  const tokens = tokensOfEach(texts, card.maxTokens, usage?.prompt_tokens);
  const outputs = texts.map((_, at) => {
    const vector = vectorOf(card, vectors.get(at) ?? []);
    const value = card.normalize === false ? vector : toUnitLength(vector);
    return { value, tokens: tokens[at] ?? 1, truncated: false };
  });
  return { outputs, cut: parlance?.truncated ?? false };
}

/** Base64 of float32, least significant byte first; not every server heeds the wish for it. */
function vectorOf({ id }: ModelCard, embedding: string | number[]): Float32Array {
  if (typeof embedding !== 'string') return Float32Array.from(embedding);
  const bytes = Buffer.from(embedding, 'base64');
  if (bytes.length % 4 !== 0) throw malformed(id, 'has a vector that breaks off');
  return new Float32Array(new Uint8Array(bytes).buffer);
}
