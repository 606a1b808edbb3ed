import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { ParlanceError } from '#contracts';
import type { AppEnv } from '../env.ts';
import { surfacePrefixes } from '../surfaces.ts';

/** What is no place inside the app. */
const elsewhere = new RegExp(`^(${Object.values(surfacePrefixes).join('|')}|/assets)/`);

/** The built page. Hashed assets are cached for good; every other path is a place inside the app. */
export function pageRoutes(folder: string) {
  const router = new Hono<AppEnv>();
  const index = join(folder, 'index.html');
  router.use(
    '/assets/*',
    serveStatic({
      root: folder,
      onFound: (_, c) => c.header('cache-control', 'public, max-age=31536000, immutable'),
    }),
  );
  router.use('/*', serveStatic({ root: folder, rewriteRequestPath: (path) => (path === '/' ? '/-' : path) }));
  router.get('/*', async (c) => {
    const wanted = c.req.header('accept')?.includes('text/html') && !elsewhere.test(c.req.path);
    if (!wanted) throw new ParlanceError('not_found', `There is nothing at ${c.req.path}.`);
    if (!existsSync(index))
      throw new ParlanceError(
        'not_found',
        'The page is not built. Run `npm run build`, or use the API at /docs.',
      );
    return c.html(await readFile(index, 'utf8'), 200, { 'cache-control': 'no-cache' });
  });
  return router;
}
