import { createRoute, z } from '@hono/zod-openapi';
import type { DemoPlayer } from '../../demo/player.ts';
import { requireScope } from '../middleware/authenticate.ts';
import { newRouter, problemResponses } from '../router.ts';

const play = createRoute({
  tags: ['demo'],
  middleware: requireScope('admin'),
  method: 'post',
  path: '/api/v1/demo/play',
  summary: 'Play the conversations of the sample company',
  description:
    'Three scripted customers come in and speak for some minutes. 409 says that they are there already.',
  request: {
    query: z.object({
      speed: z.coerce.number().min(0.1).max(100).default(1).describe('How many times as fast as written'),
    }),
  },
  responses: { 204: { description: 'They come in' }, ...problemResponses('conflict') },
});

/** The demo. Needs `admin`. */
export function demoRoutes({ demo }: { demo: DemoPlayer }) {
  return newRouter().openapi(play, async (c) => {
    await demo.play(c.get('principal').tenant, c.req.valid('query').speed);
    return c.body(null, 204);
  });
}
