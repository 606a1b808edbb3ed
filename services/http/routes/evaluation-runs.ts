import { createRoute, z } from '@hono/zod-openapi';
import {
  acceptedRun,
  addSamplesRequest,
  compareQuery,
  distribution,
  pairedPage,
  recordId,
  runDetail,
  runPage,
  runQuery,
  runSummary,
  samplePage,
  sampleQuery,
  scorerQuery,
  signVerdictRequest,
  storedRun,
  storedVerdict,
  suiteQuery,
  trend,
} from '#contracts';
import type { Evaluations } from '../../evaluation/index.ts';
import { requireScope } from '../middleware/authenticate.ts';
import { json, newRouter, ok, problemResponses } from '../router.ts';

const body = <S extends z.ZodType>(schema: S) => ({ body: { content: json(schema), required: true } });
const shared = { tags: ['evaluations'], middleware: requireScope('review') };
const base = '/api/v1/evaluations';
const byId = { params: z.object({ id: recordId }) };

const record = createRoute({
  ...shared,
  method: 'post',
  path: `${base}/runs`,
  summary: 'Record a run',
  description:
    'Without its results, which follow in parts; then seal it. The same run again changes nothing, so whatever broke off can be sent anew.',
  request: body(storedRun),
  responses: {
    201: { description: 'The run', content: json(runSummary) },
    ...problemResponses('too_large', 'conflict', 'storage_full'),
  },
});

const addSamples = createRoute({
  ...shared,
  method: 'post',
  path: `${base}/runs/{id}/samples`,
  summary: 'Add results to a run',
  description:
    'Up to 500 at a time, and 4 MiB. A result that is here already, by row and repeat, is left as it is.',
  request: { ...byId, ...body(addSamplesRequest) },
  responses: {
    ...ok('How many results are here now', z.object({ samples: z.number().int() })),
    ...problemResponses('too_large', 'not_found', 'conflict', 'storage_full'),
  },
});

const seal = createRoute({
  ...shared,
  method: 'post',
  path: `${base}/runs/{id}/seal`,
  summary: 'Seal a run',
  description: 'Refused while results are missing. From then on the run does not change.',
  request: byId,
  responses: { ...ok('The run', runSummary), ...problemResponses('not_found', 'conflict', 'storage_full') },
});

const list = createRoute({
  ...shared,
  method: 'get',
  path: `${base}/runs`,
  summary: 'List runs',
  request: { query: runQuery },
  responses: { ...ok('`next` is null on the last page', runPage), ...problemResponses() },
});

const read = createRoute({
  ...shared,
  method: 'get',
  path: `${base}/runs/{id}`,
  summary: 'Read a run',
  request: byId,
  responses: {
    ...ok('The run with its figures, and what was said about it', runDetail),
    ...problemResponses('not_found'),
  },
});

const remove = createRoute({
  ...shared,
  method: 'delete',
  path: `${base}/runs/{id}`,
  summary: 'Remove a run',
  description: 'Refused when a verdict on it was signed.',
  request: byId,
  responses: {
    204: { description: 'It is gone, with its results' },
    ...problemResponses('not_found', 'conflict', 'storage_full'),
  },
});

const samples = createRoute({
  ...shared,
  method: 'get',
  path: `${base}/runs/{id}/samples`,
  summary: 'List the results of a run',
  request: { ...byId, query: sampleQuery },
  responses: {
    ...ok('`next` is null on the last page', samplePage),
    ...problemResponses('not_found'),
  },
});

const distributed = createRoute({
  ...shared,
  method: 'get',
  path: `${base}/runs/{id}/distribution`,
  summary: 'See how a scorer’s values are spread',
  request: { ...byId, query: scorerQuery },
  responses: { ...ok('20 bins', distribution), ...problemResponses('not_found') },
});

const compare = createRoute({
  ...shared,
  method: 'get',
  path: `${base}/compare`,
  summary: 'See two runs row by row',
  request: { query: compareQuery },
  responses: {
    ...ok('The largest change first', pairedPage),
    ...problemResponses('not_found', 'conflict'),
  },
});

const trends = createRoute({
  ...shared,
  method: 'get',
  path: `${base}/trends`,
  summary: 'See the metrics of a suite over time',
  request: { query: suiteQuery },
  responses: { ...ok('The latest 500 sealed runs, oldest first', trend), ...problemResponses() },
});

const sign = createRoute({
  ...shared,
  method: 'post',
  path: `${base}/runs/{id}/verdict`,
  summary: 'Sign a verdict on a run',
  description:
    'It names who signs, and the SHA-256 of the run’s canonical JSON. A later verdict counts instead of it; both are kept. Of whole, sealed runs only; one that failed its gates is accepted with `despite`.',
  request: { ...byId, ...body(signVerdictRequest) },
  responses: {
    201: { description: 'The verdict', content: json(storedVerdict) },
    ...problemResponses('too_large', 'not_found', 'conflict', 'storage_full'),
  },
});

const accepted = createRoute({
  ...shared,
  method: 'get',
  path: `${base}/accepted`,
  summary: 'Read the run of a suite that was accepted last',
  request: { query: suiteQuery },
  responses: { ...ok('Both null while none was', acceptedRun), ...problemResponses() },
});

/** Evaluation runs and what was said about them. Needs `review`. */
export function evaluationRunRoutes({ evaluations }: { evaluations: Evaluations }) {
  const { runs, verdicts } = evaluations;
  return newRouter()
    .openapi(record, async (c) => c.json(await runs.record(c.get('principal'), c.req.valid('json')), 201))
    .openapi(addSamples, async (c) => {
      const { id } = c.req.valid('param');
      const here = await runs.addSamples(c.get('principal').tenant, id, c.req.valid('json').samples);
      return c.json({ samples: here }, 200);
    })
    .openapi(seal, async (c) =>
      c.json(await runs.seal(c.get('principal').tenant, c.req.valid('param').id), 200),
    )
    .openapi(list, async (c) => c.json(await runs.list(c.get('principal').tenant, c.req.valid('query')), 200))
    .openapi(read, async (c) =>
      c.json(await runs.get(c.get('principal').tenant, c.req.valid('param').id), 200),
    )
    .openapi(remove, async (c) => {
      await runs.remove(c.get('principal'), c.req.valid('param').id);
      return c.body(null, 204);
    })
    .openapi(samples, async (c) => {
      const { id } = c.req.valid('param');
      return c.json(await evaluations.samples(c.get('principal').tenant, id, c.req.valid('query')), 200);
    })
    .openapi(distributed, async (c) => {
      const { id } = c.req.valid('param');
      const { scorer } = c.req.valid('query');
      return c.json(await evaluations.distribution(c.get('principal').tenant, id, scorer), 200);
    })
    .openapi(compare, async (c) =>
      c.json(await evaluations.compare(c.get('principal').tenant, c.req.valid('query')), 200),
    )
    .openapi(trends, async (c) =>
      c.json(await evaluations.trend(c.get('principal').tenant, c.req.valid('query').suite), 200),
    )
    .openapi(sign, async (c) => {
      const { id } = c.req.valid('param');
      return c.json(await verdicts.sign(c.get('principal'), id, c.req.valid('json')), 201);
    })
    .openapi(accepted, async (c) =>
      c.json(await verdicts.accepted(c.get('principal').tenant, c.req.valid('query').suite), 200),
    );
}
