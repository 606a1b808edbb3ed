import type { IncomingMessage, RequestListener } from 'node:http';
import { asParlanceError, type ParlanceError, taskName } from '#contracts';
import type { Pool } from '#inference';
import type { Metrics } from '../metrics.ts';
import { errorAnswer } from './errors.ts';
import { requestIdOf } from './middleware/request-log.ts';
import { surfaceOf } from './surfaces.ts';

/** Paths that ask a model, and what such paths begin with. */
const paths = new Set([
  ...taskName.options.map((name) => `/api/v1/${name}`),
  '/v1/embeddings',
  '/v1/chat/completions',
  ...['embed', 'predict', 'rerank', 'similarity'].map((name) => `/tei/${name}`),
]);
const modelPaths = '/hf/models/';

/**
 * Refuses task calls while the queue is full, before anything is read or made for them: a flood of refusals must not
 * cost the answers their CPU. A page of another origin is let through to be refused where it gets its CORS headers.
 */
export function shed(
  { pool, metrics }: { pool: Pool; metrics: Metrics },
  listener: RequestListener,
): RequestListener {
  return (request, response) => {
    const refused = pool.full && isTaskCall(request) ? refusal(pool) : undefined;
    if (!refused) return listener(request, response);
    const requestId = requestIdOf(request.headers['x-request-id']);
    const { status, headers, body } = errorAnswer(refused, surfaceOf(request.url ?? ''), requestId);
    response.writeHead(status, {
      ...headers,
      'content-length': Buffer.byteLength(body),
      'x-request-id': requestId,
    });
    response.end(body);
    metrics.observeRequest(routeOf(request.url ?? ''), status, 0);
  };
}

function isTaskCall({ method, url = '', headers }: IncomingMessage): boolean {
  return method === 'POST' && headers.origin === undefined && (paths.has(url) || url.startsWith(modelPaths));
}

/** Metrics know routes from a closed set: whatever a caller writes in a path would be one more for ever. */
const routeOf = (url: string) => (paths.has(url) ? url : '/hf/models/:id');

function refusal(pool: Pool): ParlanceError | undefined {
  try {
    pool.admit();
    return undefined;
  } catch (error) {
    return asParlanceError(error);
  }
}
