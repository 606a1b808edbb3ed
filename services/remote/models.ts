import { asParlanceError, type ModelCard, ParlanceError } from '#contracts';
import {
  Endpoint,
  type ModelServer,
  RemoteModel,
  type RemoteObserver,
  type RemoteParts,
  remoteEngines,
} from '#inference';
import { textKernels } from '#nlp';
import { httpTransport } from './transport.ts';

export interface RemoteSettings {
  /** Absolute folder of a card. */
  folder(card: ModelCard): string;
  /** The value of a variable that a card names. */
  secret(name: string): string | undefined;
  queueTokens: number;
  observer: RemoteObserver;
}

/** The queues of all models behind endpoints, by id. One whose card is of no use is there as well, and says why. */
export function openRemoteModels(
  cards: readonly ModelCard[],
  settings: RemoteSettings,
): ReadonlyMap<string, RemoteModel> {
  const { observer, queueTokens } = settings;
  return new Map(
    cards.map((card) => {
      const server = serverOf(card, settings);
      return [card.id, new RemoteModel({ card, server, observer, queueTokens })];
    }),
  );
}

function serverOf(card: ModelCard, { folder, secret }: RemoteSettings): ModelServer {
  try {
    if (!card.endpoint) throw new ParlanceError('internal', `${card.id} has no endpoint.`);
    const engine = engineOf(card);
    const key = card.endpoint.key === undefined ? undefined : keyOf(card, card.endpoint.key, secret);
    const endpoint = new Endpoint(card.id, httpTransport(card.endpoint, key));
    return engine({ card, endpoint, folder: folder(card), kernels: textKernels });
  } catch (error) {
    return unusable(asParlanceError(error));
  }
}

function engineOf({ id, engine }: ModelCard): (parts: RemoteParts) => ModelServer {
  const found = Object.entries(remoteEngines).find(([name]) => name === engine)?.[1];
  if (found) return found;
  const known = Object.keys(remoteEngines).join(', ');
  throw new ParlanceError(
    'unsupported',
    `${id} names the engine ${engine}. Of an endpoint it is one of ${known}.`,
  );
}

function keyOf({ id }: ModelCard, name: string, secret: RemoteSettings['secret']): string {
  const key = secret(name);
  if (key) return key;
  throw new ParlanceError(
    'model_unavailable',
    `The key of model ${id} is not set. Set ${name} and start again.`,
  );
}

const unusable = (error: ParlanceError): ModelServer => ({
  batchTokens: 1,
  check: () => Promise.reject(error),
  // biome-ignore lint/correctness/useYield: it has nothing to give
  async *answer() {
    throw error;
  },
});
