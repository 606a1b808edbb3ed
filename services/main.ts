import { loadConfig } from './config.ts';
import { type Running, serve } from './serve.ts';

/** `npm start` and `parlance serve`: runs until a signal, and says what to do when it cannot. */
try {
  const started = performance.now();
  const running = await serve(loadConfig());
  stopOnSignals(running);
  console.log(`Parlance listens on ${running.url} and loads its models …`);
  await running.ready;
  greet(running, performance.now() - started);
} catch (thrown) {
  console.error(`Parlance cannot start. ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  process.exit(1);
}

function stopOnSignals(running: Running): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      console.log('\nStopping: finishing what runs …');
      await running.stop();
      process.exit(0);
    });
  }
}

function greet({ url, services: { inference } }: Running, ms: number): void {
  const conditions = inference.catalogue.cards.map((card) => ({
    id: card.id,
    reason: inference.conditionOf(card).reason,
  }));
  const unserved = [...conditions, ...inference.unusable].filter(({ reason }) => reason !== undefined);
  console.log(`
Ready after ${(ms / 1000).toFixed(1)} s.

  the page      ${url}
  the API       ${url}/docs
  try it        curl ${url}/api/v1/sentiment -H 'content-type: application/json' -d '{"input":"The delivery was late, but support was lovely."}'
  from a file   npx parlance sentiment reviews.csv --column text

Ctrl-C stops.`);
  for (const { id, reason } of unserved) console.warn(`\nThe model ${id} is not served: ${reason}`);
}
