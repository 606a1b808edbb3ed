import type { z } from 'zod';
import { ParlanceError, type teiRerankRequest } from '#contracts';
import type { Caller } from '#inference';
import type { Inference } from '../../../inference.ts';
import { cosineOf, vectorHeaders, vectorsOf } from '../../vectors.ts';
import { runWhole } from '../../whole-call.ts';

type RerankRequest = z.infer<typeof teiRerankRequest>;

/** How relevant each text is, and what a bare list cannot say of it. */
interface Ranking {
  /** In the order of the texts: as the model gives it, and between 0 and 1. */
  scores: { raw: number; share: number }[];
  headers: Record<string, string>;
}

/** The texts of a request in the order of their relevance, by the cross-encoder where there is one and else by embeddings. */
export async function rankingOf(inference: Inference, request: RerankRequest, caller: Caller) {
  const { task } = inference.catalogue.forTask(['rerank', 'embeddings']);
  const rank = task === 'rerank' ? byCrossEncoder : byEmbeddings;
  const { scores, headers } = await rank(inference, request, caller);
  const { raw_scores, return_text, texts } = request;
  const ranking = scores
    .map(({ raw, share }, index) => ({ index, raw, share }))
    .sort((a, b) => b.raw - a.raw)
    .map(({ index, raw, share }) => ({
      index,
      score: raw_scores ? raw : share,
      ...(return_text ? { text: texts[index] } : {}),
    }));
  return { ranking, headers };
}

async function byCrossEncoder(
  { tasks, catalogue }: Inference,
  { query, texts, truncate, truncation_direction }: RerankRequest,
  caller: Caller,
): Promise<Ranking> {
  const pointer = (at: number) => `/texts/${at}`;
  const { results, usage } = await runWhole(tasks, 'rerank', { texts, options: { query }, pointer }, caller);
  if (usage.truncated && (truncate === false || truncation_direction?.toLowerCase() === 'left')) {
    const { id, maxTokens } = catalogue.forTask(['rerank']);
    const detail = `The query and a text are longer than the ${maxTokens} tokens that ${id} reads. Shorten them, or allow \`truncate\` at their end.`;
    throw ParlanceError.field('/texts', detail);
  }
  return {
    scores: results.map(({ score, logit = score }) => ({ raw: logit, share: score })),
    headers: vectorHeaders({ tokens: usage.inputTokens, truncated: usage.truncated }),
  };
}

async function byEmbeddings(
  inference: Inference,
  { query, texts, truncate, truncation_direction }: RerankRequest,
  caller: Caller,
): Promise<Ranking> {
  const pointer = (at: number) => (at === 0 ? '/query' : `/texts/${at - 1}`);
  const call = { texts: [query, ...texts], pointer };
  const found = await vectorsOf(inference, call, { truncate, truncation_direction }, caller);
  const [asked = [], ...others] = found.vectors;
  const cosines = others.map((each) => cosineOf(asked, each));
  return {
    scores: cosines.map((cosine) => ({ raw: cosine, share: (1 + cosine) / 2 })),
    headers: vectorHeaders(found),
  };
}
