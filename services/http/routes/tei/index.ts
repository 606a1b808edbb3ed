import { createRoute, z } from '@hono/zod-openapi';
import { Hono } from 'hono';
import {
  ParlanceError,
  teiDecodeRequest,
  teiEmbedRequest,
  teiInfo,
  teiPrediction,
  teiPredictRequest,
  teiRanking,
  teiRerankRequest,
  teiSimilarity,
  teiSimilarityRequest,
  teiTexts,
  teiTokenizeRequest,
  teiTokens,
  teiVectors,
} from '#contracts';
import type { Services } from '../../../container.ts';
import { callerOf } from '../../caller.ts';
import { classesOf } from '../../classes.ts';
import type { AppEnv } from '../../env.ts';
import { requireScope } from '../../middleware/authenticate.ts';
import { errorResponses, json, newRouter } from '../../router.ts';
import { cosineOf, vectorHeaders, vectorsOf } from '../../vectors.ts';
import { runWhole } from '../../whole-call.ts';
import { aboutModel } from './info.ts';
import { sequencesOf, textsOf } from './inputs.ts';
import { rankingOf } from './ranking.ts';
import { tokensOf } from './tokens.ts';

const shared = { tags: ['tei'], middleware: requireScope('inference') };
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
const tokenize = post('/tei/tokenize', 'Tokens of the embedding model', teiTokenizeRequest, teiTokens);
const decode = post('/tei/decode', 'Texts of tokens', teiDecodeRequest, teiTexts);
const info = createRoute({
  ...shared,
  method: 'get',
  path: '/tei/info',
  summary: 'A model, for clients of text-embeddings-inference',
  request: {
    query: z.object({
      model: z
        .string()
        .max(200)
        .optional()
        .describe('An id of GET /api/v1/models; the embedding model when left out'),
    }),
  },
  responses: { 200: { description: 'The model', content: json(teiInfo) }, ...errors },
});

/**
 * What clients of text-embeddings-inference ask for. A server of theirs has one model, this one the default of each task:
 * embeddings for `embed`, `similarity`, `tokenize` and `decode`, sentiment for `predict`, for `rerank` a cross-encoder or embeddings.
 */
export function teiRoutes({ inference, config }: Pick<Services, 'inference' | 'config'>) {
  const tokens = tokensOf(inference);
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
      const { ranking, headers } = await rankingOf(inference, c.req.valid('json'), callerOf(c));
      return c.json(ranking, 200, headers);
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
    .openapi(tokenize, async (c) => c.json(await tokens.tokenize(c.req.valid('json')), 200))
    .openapi(decode, async (c) => c.json(await tokens.decode(c.req.valid('json')), 200))
    .openapi(info, (c) => {
      const { model } = c.req.valid('query');
      const card =
        model === undefined ? inference.catalogue.forTask(['embeddings']) : inference.catalogue.get(model);
      return c.json(aboutModel(card, config), 200);
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
