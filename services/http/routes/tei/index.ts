import { createRoute } from '@hono/zod-openapi';
import { Hono } from 'hono';
import type { z } from 'zod';
import {
  maxTextsPerCall,
  ParlanceError,
  teiEmbedRequest,
  teiInfo,
  teiPrediction,
  teiPredictRequest,
  teiRanking,
  teiRerankRequest,
  teiSimilarity,
  teiSimilarityRequest,
  teiVectors,
} from '#contracts';
import type { Services } from '../../../container.ts';
import { batchLimits } from '../../../inference.ts';
import { callerOf } from '../../caller.ts';
import type { AppEnv } from '../../env.ts';
import { requireScope } from '../../middleware/authenticate.ts';
import { errorResponses, newRouter } from '../../router.ts';
import { classesOf } from '../../sentiment-classes.ts';
import { cosineOf, vectorHeaders, vectorsOf } from '../../vectors.ts';
import { runWhole } from '../../whole-call.ts';
import { sequencesOf, textsOf } from './inputs.ts';

const shared = { tags: ['tei'], middleware: requireScope('inference') };
const json = <S extends z.ZodType>(schema: S) => ({ 'application/json': { schema } });
const errors = errorResponses('tei', 'too_large', 'timeout', 'model_unavailable');
const post = <P extends string, Q extends z.ZodType, A extends z.ZodType>(
  path: P,
  summary: string,
  request: Q,
  answer: A,
) =>
  createRoute({
    ...shared,
    method: 'post',
    path,
    summary: `${summary}, for clients of text-embeddings-inference`,
    request: { body: { required: true, content: json(request) } },
    responses: { 200: { description: 'The answer', content: json(answer) }, ...errors },
  });

const embed = post('/tei/embed', 'Embeddings', teiEmbedRequest, teiVectors);
const predict = post('/tei/predict', 'Sentiment', teiPredictRequest, teiPrediction);
const rerank = post('/tei/rerank', 'Texts by how close they are to a query', teiRerankRequest, teiRanking);
const similarity = post('/tei/similarity', 'Cosines', teiSimilarityRequest, teiSimilarity);
const info = createRoute({
  ...shared,
  method: 'get',
  path: '/tei/info',
  summary: 'The embedding model, for clients of text-embeddings-inference',
  responses: { 200: { description: 'The model', content: json(teiInfo) }, ...errors },
});

/**
 * What clients of text-embeddings-inference ask for. A server of theirs has one model, this one the default of each task:
 * embeddings for `embed`, `rerank` and `similarity`, sentiment for `predict`.
 */
export function teiRoutes({ inference, config }: Pick<Services, 'inference' | 'config'>) {
  return newRouter()
    .openapi(embed, async (c) => {
      const { inputs, ...wishes } = c.req.valid('json');
      const pointer = (at: number) => (typeof inputs === 'string' ? '/inputs' : `/inputs/${at}`);
      const found = await vectorsOf(inference, { texts: textsOf(inputs), pointer }, wishes, callerOf(c));
      return c.json(found.vectors, 200, vectorHeaders(found));
    })
    .openapi(predict, async (c) => {
      const { inputs, raw_scores } = c.req.valid('json');
      if (raw_scores) {
        const detail = 'The scores are probabilities. Leave `raw_scores` out.';
        throw ParlanceError.field('/raw_scores', detail, 'unsupported');
      }
      const { texts, batch, pointer } = sequencesOf(inputs);
      const { results } = await runWhole(inference.tasks, 'sentiment', { texts, pointer }, callerOf(c));
      const answers = results.map(classesOf);
      return c.json(batch ? answers : (answers[0] ?? []), 200);
    })
    .openapi(rerank, async (c) => {
      const { query, texts, raw_scores, return_text, ...wishes } = c.req.valid('json');
      const pointer = (at: number) => (at === 0 ? '/query' : `/texts/${at - 1}`);
      const found = await vectorsOf(inference, { texts: [query, ...texts], pointer }, wishes, callerOf(c));
      const [asked = [], ...others] = found.vectors;
      const ranking = others
        .map((each, index) => ({ index, cosine: cosineOf(asked, each) }))
        .sort((a, b) => b.cosine - a.cosine)
        .map(({ index, cosine }) => ({
          index,
          score: raw_scores ? cosine : (1 + cosine) / 2,
          ...(return_text ? { text: texts[index] } : {}),
        }));
      return c.json(ranking, 200, vectorHeaders(found));
    })
    .openapi(similarity, async (c) => {
      const { inputs, parameters } = c.req.valid('json');
      const texts = [inputs.source_sentence, ...inputs.sentences];
      const pointer = (at: number) => (at === 0 ? '/inputs/source_sentence' : `/inputs/sentences/${at - 1}`);
      const found = await vectorsOf(inference, { texts, pointer }, parameters ?? {}, callerOf(c));
      const [source = [], ...others] = found.vectors;
      return c.json(
        others.map((each) => cosineOf(source, each)),
        200,
        vectorHeaders(found),
      );
    })
    .openapi(info, (c) => {
      const card = inference.catalogue.forTask(['embeddings']);
      const about = {
        model_id: card.id,
        model_sha: card.revision,
        model_dtype: card.dtype,
        served_model_name: card.id,
        model_type: { embedding: { pooling: card.pooling ?? 'mean' } },
        max_concurrent_requests: config.queueTokens,
        max_input_length: card.maxTokens,
        max_batch_tokens: batchLimits.tokens,
        max_batch_requests: batchLimits.items,
        max_client_batch_size: maxTextsPerCall,
        auto_truncate: true,
        tokenization_workers: config.workers,
        version: config.version,
        sha: null,
        docker_label: null,
      };
      return c.json(about, 200);
    });
}

/** For whoever watches a server of theirs, without a credential as there. */
export function teiOperationRoutes({ inference, metrics }: Pick<Services, 'inference' | 'metrics'>) {
  const router = new Hono<AppEnv>();
  router.get('/tei/health', (c) => c.body(null, inference.pool.status.ready > 0 ? 200 : 503));
  router.get('/tei/metrics', async (c) =>
    c.body(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType }),
  );
  return router;
}
