import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  batch,
  batchErrorList,
  batchList,
  batchListQuery,
  idempotencyKey,
  inputFormat,
  maxBatchBytes,
  recordId,
  resultFormat,
  taskName,
} from '#contracts';
import type { Batches } from '../../batches/batches.ts';
import type { ResultFile } from '../../batches/results.ts';
import type { AppEnv } from '../env.ts';
import { eventStream } from '../event-stream.ts';
import { jsonLines } from '../json-lines.ts';
import { requireScope } from '../middleware/authenticate.ts';
import { filesOf } from '../multipart.ts';
import { json, newRouter, ok, problemResponses } from '../router.ts';
import { sseBody, sseEvent } from '../sse-body.ts';

const shared = { tags: ['batches'], middleware: requireScope('inference') };
const base = '/api/v1/batches';
const byId = { params: z.object({ id: recordId }) };

const field = (description: string, values?: readonly string[]) => ({
  ...{ type: 'string' as const, description },
  ...(values ? { enum: [...values] } : {}),
});

/** Described and not validated here: the file is read as it arrives. */
const form = {
  required: true,
  content: {
    'multipart/form-data': {
      schema: {
        type: 'object' as const,
        required: ['task', 'file'],
        properties: {
          task: field('What to do with each row', taskName.options),
          model: field('Model id; the default of the task when left out'),
          options: field('Options of the task, as JSON'),
          format: field('Where the name of the file does not say it', inputFormat.options),
          column: field('The column or field with the text; when left out: `text`, else the only one'),
          delimiter: field('Between the fields of a CSV file, such as ; or tab'),
          carry: field('The columns that the results repeat, as a JSON list; all when left out'),
          file: {
            type: 'string' as const,
            format: 'binary',
            description: 'CSV, JSON Lines or one text a line, in UTF-8; after the other fields',
          },
        },
      },
    },
  },
};

const create = createRoute({
  ...shared,
  method: 'post',
  path: base,
  summary: 'Start a job over a file',
  description:
    'Runs one task over every row of a file of up to 1 GiB, behind live requests. The file is read through once before the answer: a broken line is told by its number. Sent again with the same `Idempotency-Key` it starts nothing more and answers as the first time.',
  requestBody: form,
  request: { headers: z.object({ 'idempotency-key': idempotencyKey.optional() }) },
  responses: {
    201: { description: 'The job', content: json(batch) },
    ...problemResponses('not_found', 'too_large', 'unsupported', 'conflict', 'storage_full'),
  },
});

const list = createRoute({
  ...shared,
  method: 'get',
  path: base,
  summary: 'List jobs',
  request: { query: batchListQuery },
  responses: { ...ok('Newest first; `next` is null on the last page', batchList), ...problemResponses() },
});

const read = createRoute({
  ...shared,
  method: 'get',
  path: `${base}/{id}`,
  summary: 'Read how a job stands',
  request: byId,
  responses: { ...ok('The job', batch), ...problemResponses('not_found') },
});

const events = createRoute({
  ...shared,
  method: 'get',
  path: `${base}/{id}/events`,
  summary: 'Follow a job',
  description: 'Server-sent events: the job as it stands, and again at every change, until it has ended.',
  request: byId,
  responses: {
    200: { description: 'The job, again and again', content: { 'text/event-stream': { schema: batch } } },
    ...problemResponses('not_found'),
  },
});

const remove = createRoute({
  ...shared,
  method: 'delete',
  path: `${base}/{id}`,
  summary: 'Delete a job with its file and its results',
  request: byId,
  responses: { 204: { description: 'It is gone' }, ...problemResponses('not_found', 'storage_full') },
});

const results = createRoute({
  ...shared,
  method: 'get',
  path: `${base}/{id}/results`,
  summary: 'Download results',
  description:
    'The rows that are done by now, in their order: what they came with, what the task says, and `error` where it could not.',
  request: {
    ...byId,
    query: z.object({ format: resultFormat.optional().describe('As the file was, when left out') }),
  },
  responses: {
    200: {
      description: 'The rows',
      content: { 'text/csv': { schema: z.string() }, ...jsonLines },
    },
    ...problemResponses('not_found', 'unsupported'),
  },
});

const errors = createRoute({
  ...shared,
  method: 'get',
  path: `${base}/{id}/errors`,
  summary: 'List the rows that failed',
  request: {
    ...byId,
    query: z.object({
      after: z.coerce.number().int().min(0).default(0).describe('`next` of the page before'),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
  },
  responses: { ...ok('In the order of the rows', batchErrorList), ...problemResponses('not_found') },
});

const verb = (name: 'pause' | 'resume' | 'cancel', summary: string, description: string) =>
  createRoute({
    ...shared,
    method: 'post',
    path: `${base}/{id}/${name}` as const,
    summary,
    description,
    request: byId,
    responses: { ...ok('The job', batch), ...problemResponses('not_found', 'storage_full') },
  });

const pause = verb(
  'pause',
  'Pause a job',
  'It stands still until it is resumed. One that has ended stays as it is.',
);
const resume = verb('resume', 'Resume a job', 'It goes on where it stood, also one that has failed.');
const cancel = verb('cancel', 'Cancel a job', 'For good. The results there are can still be downloaded.');

/** Long jobs over files. Needs `inference`. */
export function batchRoutes({ batches, stopping }: { batches: Batches; stopping: AbortSignal }) {
  return newRouter()
    .openapi(create, async (c) => {
      const key = c.req.valid('header')['idempotency-key'];
      const forms = filesOf(c.req.raw, maxBatchBytes);
      return c.json(await batches.create(c.get('principal'), forms, key), 201);
    })
    .openapi(list, async (c) =>
      c.json(await batches.list(c.get('principal').tenant, c.req.valid('query')), 200),
    )
    .openapi(read, async (c) =>
      c.json(await batches.get(c.get('principal').tenant, c.req.valid('param').id), 200),
    )
    .openapi(events, async (c) => {
      const { id } = c.req.valid('param');
      const { tenant } = c.get('principal');
      // What is not there is told before the stream begins.
      await batches.get(tenant, id);
      async function* frames(signal: AbortSignal) {
        for await (const each of batches.follow(tenant, id, signal)) yield sseEvent(each);
      }
      return eventStream(c, (drop) => sseBody(frames, { stop: stopping, drop })) as never;
    })
    .openapi(remove, async (c) => {
      await batches.remove(c.get('principal'), c.req.valid('param').id);
      return c.body(null, 204);
    })
    .openapi(results, async (c) => {
      const { format } = c.req.valid('query');
      const { tenant } = c.get('principal');
      return download(c, await batches.results(tenant, c.req.valid('param').id, format));
    })
    .openapi(errors, async (c) =>
      c.json(
        await batches.errors(c.get('principal').tenant, c.req.valid('param').id, c.req.valid('query')),
        200,
      ),
    )
    .openapi(pause, async (c) =>
      c.json(await batches.pause(c.get('principal'), c.req.valid('param').id), 200),
    )
    .openapi(resume, async (c) =>
      c.json(await batches.resume(c.get('principal'), c.req.valid('param').id), 200),
    )
    .openapi(cancel, async (c) =>
      c.json(await batches.cancel(c.get('principal'), c.req.valid('param').id), 200),
    );
}

const types = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl' };

function download(c: Context<AppEnv>, { name, format, text }: ResultFile) {
  const bytes = ReadableStream.from(text).pipeThrough(new TextEncoderStream());
  return c.body(bytes as ReadableStream<Uint8Array>, 200, {
    'content-type': types[format],
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", '%27')}`,
    'cache-control': 'no-store',
  });
}
