// What one writes first: a route of Hono that awaits a pipeline of transformers.js, one text a request. Says its address when it is ready.
//
//   naive.mjs MODELS NAME
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const installed = createRequire(import.meta.url);
const load = (name) => import(pathToFileURL(installed.resolve(name)).href);
const [{ env, pipeline }, { Hono }, { serve }] = await Promise.all(
  ['@huggingface/transformers', 'hono', '@hono/node-server'].map(load),
);
const [, , models, name] = process.argv;
env.allowRemoteModels = false;
env.localModelPath = models;
const extract = await pipeline('feature-extraction', name, { dtype: 'q8', device: 'cpu' });
const app = new Hono();
app.post('/embeddings', async (context) => {
  const { input } = await context.req.json();
  const [vector] = (await extract(input, { pooling: 'mean', normalize: true })).tolist();
  return context.json({ vector });
});
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
  console.log(`listens on http://127.0.0.1:${port}`),
);
