import { Hono } from 'hono';
import type { Services } from '../../container.ts';
import type { AppEnv } from '../env.ts';

/** For orchestrators and Prometheus: alive, ready for traffic, metrics. */
export function operationRoutes({ inference, metrics }: Pick<Services, 'inference' | 'metrics'>) {
  const router = new Hono<AppEnv>();
  router.get('/healthz', (c) => c.json({ status: 'alive' }));
  router.get('/readyz', (c) => {
    const { ready, total } = inference.pool.status;
    return c.json(
      { status: ready > 0 ? 'ready' : 'starting', workers: { ready, total } },
      ready > 0 ? 200 : 503,
    );
  });
  router.get('/metrics', async (c) =>
    c.body(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType }),
  );
  return router;
}
