import { createRoute } from '@hono/zod-openapi';
import { maxTextLength, maxTextsPerCall, type System, system } from '#contracts';
import type { Services } from '../../container.ts';
import type { Principal } from '../../principal.ts';
import { maxBodyBytes } from '../middleware/body.ts';
import { newRouter, problemResponses } from '../router.ts';

const read = createRoute({
  method: 'get',
  path: '/api/v1/system',
  operationId: 'readSystem',
  tags: ['system'],
  summary: 'What this server is, how it is set up, and who it takes the caller for',
  responses: {
    200: { description: 'The server', content: { 'application/json': { schema: system } } },
    ...problemResponses(),
  },
});

export function systemRoutes(services: Services) {
  const router = newRouter();
  router.openapi(read, (c) => c.json(describeSystem(services, c.get('principal')), 200));
  return router;
}

function describeSystem({ config, database, inference, startedAt }: Services, principal: Principal): System {
  const { ready, total, restarts } = inference.pool.status;
  return {
    version: config.version,
    node: process.version,
    startedAt: startedAt.toISOString(),
    authentication: config.auth,
    principal: { tenant: principal.tenant, actor: principal.actor, scopes: [...principal.scopes] },
    database: { kind: database.kind, version: database.version() },
    workers: { ready, total, restarts },
    limits: { maxTextsPerCall, maxTextLength, maxBodyBytes, queueTokens: config.queueTokens },
  };
}
