import type { IncomingMessage, RequestListener } from 'node:http';
import { asParlanceError, type ParlanceError, taskName } from '#contracts';
import type { Pool } from '#inference';
import type { Metrics } from '../metrics.ts';
import { problemOf, statusOf } from './errors.ts';
import { requestIdOf } from './middleware/request-log.ts';

const taskPaths = new Set(taskName.options.map((name) => `/api/v1/${name}`));

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
    const status = statusOf(refused.code);
    const body = JSON.stringify(problemOf(refused, requestId));
    response.writeHead(status, {
      'content-type': 'application/problem+json',
      'content-length': Buffer.byteLength(body),
      'retry-after': String(refused.details.retryAfter),
      'x-request-id': requestId,
    });
    response.end(body);
    metrics.observeRequest(request.url ?? '', status, 0);
  };
}

function isTaskCall({ method, url, headers }: IncomingMessage): boolean {
  return method === 'POST' && headers.origin === undefined && taskPaths.has(url ?? '');
}

function refusal(pool: Pool): ParlanceError | undefined {
  try {
    pool.admit();
    return undefined;
  } catch (error) {
    return asParlanceError(error);
  }
}
