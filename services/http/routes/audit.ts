import { createRoute, z } from '@hono/zod-openapi';
import { auditPage } from '#contracts';
import type { AuditLog } from '../../identity/audit.ts';
import { requireScope } from '../middleware/authenticate.ts';
import { newRouter, problemResponses } from '../router.ts';

const page = createRoute({
  tags: ['audit'],
  middleware: requireScope('admin'),
  method: 'get',
  path: '/api/v1/audit',
  summary: 'Read the audit log',
  request: {
    query: z.object({
      after: z.string().max(200).optional().describe('`next` of the page before'),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: {
    200: {
      description: 'Newest first; `next` is null on the last page',
      content: { 'application/json': { schema: auditPage } },
    },
    ...problemResponses(),
  },
});

/** The audit log. Needs `admin`. */
export function auditRoutes({ audit }: { audit: AuditLog }) {
  return newRouter().openapi(page, async (c) =>
    c.json(await audit.page(c.get('principal').tenant, c.req.valid('query')), 200),
  );
}
