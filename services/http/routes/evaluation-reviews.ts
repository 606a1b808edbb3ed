import { createRoute, z } from '@hono/zod-openapi';
import {
  calibration,
  calibrationQuery,
  createReviewRequest,
  judgeRequest,
  nextItem,
  recordId,
  review,
  reviewDetail,
  reviewedItemPage,
  reviewedItemQuery,
  reviewItem,
  reviewPage,
  reviewQuery,
} from '#contracts';
import type { Evaluations } from '../../evaluation/index.ts';
import { jsonLines } from '../json-lines.ts';
import { requireScope } from '../middleware/authenticate.ts';
import { json, newRouter, ok, problemResponses } from '../router.ts';

const shared = { tags: ['reviews'], middleware: requireScope('review') };
const base = '/api/v1/evaluations/reviews';
const byId = { params: z.object({ id: recordId }) };
const byItem = { params: z.object({ id: recordId, itemId: recordId }) };
const ofItem = `${base}/{id}/items/{itemId}`;

const create = createRoute({
  ...shared,
  method: 'post',
  path: base,
  summary: 'Make a queue of answers to judge',
  description:
    'Of one run, or of two side by side. The queue has copies of what is judged. A blind one tells nobody whose answer is whose before it is closed.',
  request: { body: { content: json(createReviewRequest), required: true } },
  responses: {
    201: { description: 'The queue', content: json(review) },
    ...problemResponses('too_large', 'not_found', 'conflict', 'storage_full'),
  },
});

const list = createRoute({
  ...shared,
  method: 'get',
  path: base,
  summary: 'List queues',
  request: { query: reviewQuery },
  responses: { ...ok('The latest first', reviewPage), ...problemResponses() },
});

const read = createRoute({
  ...shared,
  method: 'get',
  path: `${base}/{id}`,
  summary: 'See how far a queue is',
  request: byId,
  responses: { ...ok('The queue', reviewDetail), ...problemResponses('not_found') },
});

const close = createRoute({
  ...shared,
  method: 'post',
  path: `${base}/{id}/close`,
  summary: 'Close a queue',
  description: 'Nothing more is judged, and a blind queue tells whose answers are whose.',
  request: byId,
  responses: { ...ok('The queue', review), ...problemResponses('not_found', 'storage_full') },
});

const reopen = createRoute({
  ...shared,
  method: 'post',
  path: `${base}/{id}/reopen`,
  summary: 'Reopen a queue',
  request: byId,
  responses: { ...ok('The queue', review), ...problemResponses('not_found', 'storage_full') },
});

const judged = createRoute({
  ...shared,
  method: 'get',
  path: `${base}/{id}/items`,
  summary: 'See what was judged',
  description: 'Every item with what everybody says of it. The queue has to be closed first.',
  request: { ...byId, query: reviewedItemQuery },
  responses: {
    ...ok('In the order of the queue', reviewedItemPage),
    ...problemResponses('not_found', 'conflict'),
  },
});

const calibrated = createRoute({
  ...shared,
  method: 'get',
  path: `${base}/{id}/calibration`,
  summary: 'Hold a judge against people',
  description:
    'How far a judge of the run says what raters say: for queues of one run with yes and no or two points, once they are closed.',
  request: { ...byId, query: calibrationQuery },
  responses: {
    ...ok('How far they agree', calibration),
    ...problemResponses('not_found', 'conflict', 'unsupported'),
  },
});

const exported = createRoute({
  ...shared,
  method: 'get',
  path: `${base}/{id}/export`,
  summary: 'Export every judgement of a queue',
  description:
    'JSON lines: who said what when, which answer was shown where, and every change of mind. A blind queue has to be closed first.',
  request: byId,
  responses: {
    200: {
      description: 'In the order in which it was said',
      content: jsonLines,
    },
    ...problemResponses('not_found', 'conflict'),
  },
});

const next = createRoute({
  ...shared,
  method: 'post',
  path: `${base}/{id}/next`,
  summary: 'Take the next item',
  description:
    'The item the caller has open, or else a new one, theirs for 15 minutes. Nobody is given an item twice, and no item to more raters than it needs.',
  request: byId,
  responses: {
    ...ok('The item; null when nothing is left for the caller', nextItem),
    ...problemResponses('not_found', 'conflict', 'storage_full'),
  },
});

const judge = createRoute({
  ...shared,
  method: 'put',
  path: `${ofItem}/judgement`,
  summary: 'Judge an item',
  description: 'Again is a change of mind: the last word counts, and all are kept.',
  request: { ...byItem, body: { content: json(judgeRequest), required: true } },
  responses: {
    ...ok('The item as it is judged', reviewItem),
    ...problemResponses('too_large', 'not_found', 'conflict', 'storage_full'),
  },
});

const undo = createRoute({
  ...shared,
  method: 'delete',
  path: `${ofItem}/judgement`,
  summary: 'Take one’s own judgement back',
  description: 'Or that the item was skipped. It is open in the caller’s hands again.',
  request: byItem,
  responses: {
    ...ok('The item', reviewItem),
    ...problemResponses('not_found', 'conflict', 'storage_full'),
  },
});

const skip = createRoute({
  ...shared,
  method: 'post',
  path: `${ofItem}/skip`,
  summary: 'Leave an item to others',
  request: byItem,
  responses: {
    204: { description: 'The caller is not given it again' },
    ...problemResponses('not_found', 'conflict', 'storage_full'),
  },
});

/** Queues of answers that people judge. Needs `review`. */
export function evaluationReviewRoutes({ evaluations }: { evaluations: Evaluations }) {
  const { reviews, items, exportReview } = evaluations;
  return newRouter()
    .openapi(create, async (c) => c.json(await reviews.create(c.get('principal'), c.req.valid('json')), 201))
    .openapi(list, async (c) =>
      c.json(await reviews.list(c.get('principal').tenant, c.req.valid('query')), 200),
    )
    .openapi(read, async (c) =>
      c.json(await reviews.get(c.get('principal').tenant, c.req.valid('param').id), 200),
    )
    .openapi(close, async (c) =>
      c.json(await reviews.close(c.get('principal'), c.req.valid('param').id), 200),
    )
    .openapi(reopen, async (c) =>
      c.json(await reviews.reopen(c.get('principal'), c.req.valid('param').id), 200),
    )
    .openapi(judged, async (c) =>
      c.json(
        await reviews.items(c.get('principal').tenant, c.req.valid('param').id, c.req.valid('query')),
        200,
      ),
    )
    .openapi(calibrated, async (c) => {
      const { scorer } = c.req.valid('query');
      return c.json(
        await reviews.calibration(c.get('principal').tenant, c.req.valid('param').id, scorer),
        200,
      );
    })
    .openapi(exported, async (c) => {
      const lines = await exportReview(c.get('principal').tenant, c.req.valid('param').id);
      const bytes = ReadableStream.from<string>(lines).pipeThrough(new TextEncoderStream());
      return c.body(bytes, 200, { 'content-type': 'application/jsonl' });
    })
    .openapi(next, async (c) =>
      c.json({ item: await items.next(c.get('principal'), c.req.valid('param').id) }, 200),
    )
    .openapi(judge, async (c) => {
      const { id, itemId } = c.req.valid('param');
      return c.json(await items.judge(c.get('principal'), id, itemId, c.req.valid('json')), 200);
    })
    .openapi(undo, async (c) => {
      const { id, itemId } = c.req.valid('param');
      return c.json(await items.undo(c.get('principal'), id, itemId), 200);
    })
    .openapi(skip, async (c) => {
      const { id, itemId } = c.req.valid('param');
      await items.skip(c.get('principal'), id, itemId);
      return c.body(null, 204);
    });
}
