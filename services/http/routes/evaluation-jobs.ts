import { createRoute, z } from '@hono/zod-openapi';
import { bundledSuiteList, evaluationJob, evaluationJobList, recordId, startJobRequest } from '#contracts';
import type { Evaluations } from '../../evaluation/index.ts';
import { requireScope } from '../middleware/authenticate.ts';
import { json, newRouter, ok, problemResponses } from '../router.ts';

const shared = { tags: ['evaluations'], middleware: requireScope('review') };
const base = '/api/v1/evaluations';
const byId = { params: z.object({ id: recordId }) };

const suites = createRoute({
  ...shared,
  method: 'get',
  path: `${base}/suites`,
  summary: 'List the suites that come with this server',
  responses: { ...ok('The suites', bundledSuiteList), ...problemResponses() },
});

const start = createRoute({
  ...shared,
  method: 'post',
  path: `${base}/jobs`,
  summary: 'Start a run',
  description:
    'Runs wait for one another. Those of the bot are put to the sample company. A finished job is a run with the same id.',
  request: { body: { content: json(startJobRequest), required: true } },
  responses: {
    201: { description: 'The job', content: json(evaluationJob) },
    ...problemResponses('too_large', 'not_found', 'unsupported', 'storage_full'),
  },
});

const list = createRoute({
  ...shared,
  method: 'get',
  path: `${base}/jobs`,
  summary: 'List jobs',
  description: 'Since the server was started, the latest first.',
  responses: { ...ok('The jobs', evaluationJobList), ...problemResponses() },
});

const read = createRoute({
  ...shared,
  method: 'get',
  path: `${base}/jobs/{id}`,
  summary: 'Read a job',
  request: byId,
  responses: { ...ok('The job', evaluationJob), ...problemResponses('not_found') },
});

const cancel = createRoute({
  ...shared,
  method: 'delete',
  path: `${base}/jobs/{id}`,
  summary: 'Cancel a job',
  description: 'Its results are thrown away. One that has ended stays as it is.',
  request: byId,
  responses: { ...ok('The job', evaluationJob), ...problemResponses('not_found') },
});

/** Runs that the server carries out. */
export function evaluationJobRoutes({ evaluations: { jobs } }: { evaluations: Pick<Evaluations, 'jobs'> }) {
  return newRouter()
    .openapi(suites, async (c) => c.json({ suites: await jobs.suites() }, 200))
    .openapi(start, async (c) => c.json(await jobs.start(c.get('principal'), c.req.valid('json')), 201))
    .openapi(list, (c) => c.json({ jobs: jobs.list(c.get('principal').tenant) }, 200))
    .openapi(read, (c) => c.json(jobs.get(c.get('principal').tenant, c.req.valid('param').id), 200))
    .openapi(cancel, async (c) =>
      c.json(await jobs.cancel(c.get('principal').tenant, c.req.valid('param').id), 200),
    );
}
