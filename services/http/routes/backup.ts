import { Readable } from 'node:stream';
import { createRoute, z } from '@hono/zod-openapi';
import type { Logger } from 'pino';
import { type Archived, createArchive } from '../../backup/archive.ts';
import { requireDefaultTenant, requireScope } from '../middleware/authenticate.ts';
import { newRouter, problemResponses } from '../router.ts';

const create = createRoute({
  tags: ['backup'],
  middleware: [requireScope('admin'), requireDefaultTenant],
  method: 'post',
  path: '/api/v1/backup',
  summary: 'Back up everything',
  description:
    'A .tar.gz of the embedded database and every stored file, taken while the service runs. Its last member is `manifest.json`: without it the archive is not whole. With a PostgreSQL server the database is not in it; use pg_dump.',
  responses: {
    200: {
      description: 'The archive',
      content: { 'application/gzip': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...problemResponses(),
  },
});

/** A backup of the running installation. Needs `admin` of the default tenant: it holds every tenant. */
export function backupRoutes({ log, ...parts }: Archived & { log: Pick<Logger, 'error'> }) {
  return newRouter().openapi(create, (c) => {
    const name = `parlance-${new Date().toISOString().slice(0, 10)}.tar.gz`;
    const headers = {
      'content-type': 'application/gzip',
      'content-disposition': `attachment; filename="${name}"`,
    };
    const archive = createArchive(parts);
    // The answer has begun: the caller sees it break off, and only the log can say why.
    archive.on('error', (err) => log.error({ err, requestId: c.get('requestId') }, 'a backup broke off'));
    return c.body(Readable.toWeb(archive) as ReadableStream, 200, headers);
  });
}
