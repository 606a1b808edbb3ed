import { type ModelCard, type ModelTask, ParlanceError } from '#contracts';
import { loadingFailure } from '../../loading-failure.ts';
import { unfollowed } from '../../progress.ts';
import { loadTokenizer, type Tokenizer } from '../../tokenizer.ts';
import { inPieces } from '../halves.ts';
import type { ModelServer, RemoteParts } from '../server.ts';
import { KserveEngine } from './engine.ts';

/**
 * Padded tokens of one request, twice what a core reads here at once, and of what is tokenized at once: this process does that and
 * answers nobody meanwhile, for about 4 ms on a busy core.
 */
const passTokens = 2048;
const mostRows = 32;
const writing = new Set<ModelTask>(['translations', 'summaries', 'chat']);

/**
 * A graph on a KServe v2 server: texts are tokenized and answers are read here, by the same kernel as for a graph that is here, and
 * only tensors travel.
 */
export function kserve({ card, endpoint, folder, kernels }: RemoteParts): ModelServer {
  if (writing.has(card.task)) {
    const detail = `A kserve server is not asked for ${card.task}: every token would be a request. Put its files into the folder of models instead.`;
    throw new ParlanceError('unsupported', detail);
  }
  const kernel = kernels[card.kernel];
  if (!kernel) {
    const detail = `A kserve card names what reads its outputs: kernel is one of ${Object.keys(kernels).join(', ')}.`;
    throw new ParlanceError('unsupported', detail);
  }
  const engine = new KserveEngine(endpoint);
  const graph = card.endpoint?.model ?? card.id;
  const width = card.labels?.length ?? card.dimensions ?? 1;
  let tokenizer: Tokenizer | undefined;
  return {
    batchTokens: passTokens,
    check: (signal) => engine.check(graph, signal),
    async *answer(inputs, signal) {
      tokenizer ??= await tokenizerOf(card, folder);
      const session = await engine.load({ graph, threads: 1, width, signal });
      const model = { card, session, tokenizer };
      for (const piece of inPieces([...inputs.keys()], session.mostRows ?? mostRows)) {
        const some = piece.map((row) => inputs[row]);
        for await (const { rows, outputs } of kernel.run(model, some as never[], passTokens, unfollowed)) {
          yield { rows: rows.map((at) => piece[at] ?? 0), outputs };
        }
      }
    },
  };
}

async function tokenizerOf({ id, maxTokens }: ModelCard, folder: string): Promise<Tokenizer> {
  return await loadTokenizer(folder, maxTokens).catch((cause) => {
    const detail = `The model ${id} cannot be used: ${loadingFailure(cause, folder)}. Save its tokenizer anew.`;
    throw new ParlanceError('model_unavailable', detail, { cause });
  });
}
