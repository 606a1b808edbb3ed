import { Readable } from 'node:stream';
import { createRoute, z } from '@hono/zod-openapi';
import { type Archived, createArchive } from '../../backup/archive.ts';
import { requireScope } from '../middleware/authenticate.ts';
import { newRouter, problemResponses } from '../router.ts';

const create = createRoute({
  tags: ['backup'],
  middleware: requireScope('admin'),
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
    ...problemResponses('unauthorized', 'forbidden'),
  },
});

/** A backup of the running installation. Needs `admin`. */
export function backupRoutes(parts: Archived) {
  return newRouter().openapi(create, (c) => {
    const name = `parlance-${new Date().toISOString().slice(0, 10)}.tar.gz`;
    const headers = {
      'content-type': 'application/gzip',
      'content-disposition': `attachment; filename="${name}"`,
    };
    return c.body(Readable.toWeb(createArchive(parts)) as ReadableStream, 200, headers);
  });
}
