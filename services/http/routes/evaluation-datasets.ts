import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  addRowRequest,
  datasetVersion,
  datasetVersionList,
  evaluationName,
  labelledDatasetList,
  labelledRow,
  labelledRowPage,
  labelledRowQuery,
  recordId,
  sha256,
} from '#contracts';
import type { Evaluations } from '../../evaluation/index.ts';
import type { DatasetText } from '../../evaluation/labels/version-store.ts';
import type { AppEnv } from '../env.ts';
import { jsonLines } from '../json-lines.ts';
import { requireScope } from '../middleware/authenticate.ts';
import { json, newRouter, ok, problemResponses } from '../router.ts';

const shared = { tags: ['datasets'], middleware: requireScope('review') };
const base = '/api/v1/evaluations/datasets';
const byName = { params: z.object({ name: evaluationName }) };
const rowsAsText = {
  200: {
    description: 'Canonical JSON lines',
    headers: z.object({ 'x-content-sha256': z.string().describe('Of the bytes, in hexadecimal digits') }),
    content: jsonLines,
  },
};

const list = createRoute({
  ...shared,
  method: 'get',
  path: base,
  summary: 'List the datasets that people label',
  responses: { ...ok('By name', labelledDatasetList), ...problemResponses() },
});

const read = createRoute({
  ...shared,
  method: 'get',
  path: `${base}/{name}`,
  summary: 'List the rows of a dataset',
  request: { ...byName, query: labelledRowQuery },
  responses: { ...ok('In the order they were added', labelledRowPage), ...problemResponses('not_found') },
});

const add = createRoute({
  ...shared,
  method: 'post',
  path: `${base}/{name}/rows`,
  summary: 'Add a row to a dataset',
  description:
    'The dataset is there from its first row on. The same row of the same origin again changes nothing.',
  request: { ...byName, body: { content: json(addRowRequest), required: true } },
  responses: {
    201: { description: 'The row', content: json(labelledRow) },
    ...problemResponses('too_large', 'not_found', 'conflict', 'storage_full'),
  },
});

const remove = createRoute({
  ...shared,
  method: 'delete',
  path: `${base}/{name}/rows/{id}`,
  summary: 'Remove a row from a dataset',
  request: { params: z.object({ name: evaluationName, id: recordId }) },
  responses: {
    204: { description: 'It is gone; versions keep it' },
    ...problemResponses('not_found', 'storage_full'),
  },
});

const exported = createRoute({
  ...shared,
  method: 'get',
  path: `${base}/{name}/export`,
  summary: 'Export the rows of a dataset',
  description: 'As they are now. A version made of them has the same bytes.',
  request: byName,
  responses: { ...rowsAsText, ...problemResponses('not_found') },
});

const freeze = createRoute({
  ...shared,
  method: 'post',
  path: `${base}/{name}/versions`,
  summary: 'Freeze a version of a dataset',
  description:
    'The rows as they are now, for good, under the SHA-256 by which suites name them. The same rows again are the same version.',
  request: byName,
  responses: {
    201: { description: 'The version', content: json(datasetVersion) },
    ...problemResponses('not_found', 'conflict', 'storage_full'),
  },
});

const versions = createRoute({
  ...shared,
  method: 'get',
  path: `${base}/{name}/versions`,
  summary: 'List the versions of a dataset',
  request: byName,
  responses: { ...ok('The latest first', datasetVersionList), ...problemResponses('not_found') },
});

const readVersion = createRoute({
  ...shared,
  method: 'get',
  path: `${base}/{name}/versions/{sha256}`,
  summary: 'Read a version of a dataset',
  request: { params: z.object({ name: evaluationName, sha256 }) },
  responses: { ...rowsAsText, ...problemResponses('not_found') },
});

/** Datasets that grow by people's judgements. Needs `review`. */
export function evaluationDatasetRoutes({
  evaluations: { rows, versions: kept },
}: {
  evaluations: Evaluations;
}) {
  return newRouter()
    .openapi(list, async (c) => c.json({ datasets: await rows.datasets(c.get('principal').tenant) }, 200))
    .openapi(read, async (c) => {
      const { name } = c.req.valid('param');
      return c.json(await rows.list(c.get('principal').tenant, name, c.req.valid('query')), 200);
    })
    .openapi(add, async (c) => {
      const { name } = c.req.valid('param');
      return c.json(await rows.add(c.get('principal'), name, c.req.valid('json')), 201);
    })
    .openapi(remove, async (c) => {
      const { name, id } = c.req.valid('param');
      await rows.remove(c.get('principal'), name, id);
      return c.body(null, 204);
    })
    .openapi(exported, async (c) =>
      asLines(c, await kept.current(c.get('principal').tenant, c.req.valid('param').name)),
    )
    .openapi(freeze, async (c) =>
      c.json(await kept.freeze(c.get('principal'), c.req.valid('param').name), 201),
    )
    .openapi(versions, async (c) =>
      c.json({ versions: await kept.list(c.get('principal').tenant, c.req.valid('param').name) }, 200),
    )
    .openapi(readVersion, async (c) => {
      const { name, sha256: hash } = c.req.valid('param');
      return asLines(c, await kept.read(c.get('principal').tenant, name, hash));
    });
}

const asLines = (c: Context<AppEnv>, { text, sha256: hash }: DatasetText) =>
  c.body(text, 200, { 'content-type': 'application/jsonl', 'x-content-sha256': hash });
