import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { AppEnv } from '../env.ts';

const require = createRequire(import.meta.url);
const assets = new Map([
  ['swagger-ui.css', 'text/css; charset=utf-8'],
  ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
]);
const start = `window.ui = SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true, tryItOutEnabled: true });`;

/** The OpenAPI document as a page one can try, served from the installation: no network needed. */
export function docsRoutes() {
  const folder = dirname(require.resolve('swagger-ui-dist/package.json'));
  const router = new Hono<AppEnv>();
  router.get('/docs', (c) => c.html(page));
  router.get('/docs/start.js', (c) =>
    c.body(start, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  );
  router.get('/docs/:asset', async (c) => {
    const type = assets.get(c.req.param('asset'));
    if (!type) return c.notFound();
    return c.body(await readFile(join(folder, c.req.param('asset'))), 200, { 'content-type': type });
  });
  return router;
}

const page = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Parlance API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <main id="docs"></main>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>`;
