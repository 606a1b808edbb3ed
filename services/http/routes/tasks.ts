import { createRoute } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import {
  type TaskContracts,
  type TaskName,
  taskContracts,
  taskExamples,
  taskListResponse,
  taskResponse,
} from '#contracts';
import type { TaskRunner } from '#inference';
import { callerOf } from '../caller.ts';
import type { AppEnv } from '../env.ts';
import { requireScope } from '../middleware/authenticate.ts';
import { newRouter, problemResponses } from '../router.ts';

/** One route per task, `POST /api/v1/<task>`, derived from the contracts. */
export function taskRoutes(
  tasks: TaskRunner,
  describe: (name: TaskName) => { title: string; description: string },
) {
  const router = newRouter();
  for (const name of Object.keys(taskContracts) as TaskName[]) {
    const route = taskRoute(name, describe(name), [requireScope('inference')]);
    router.openapi(
      route,
      async (c) => c.json(await tasks.run(name, c.req.valid('json'), callerOf(c)), 200) as never,
    );
  }
  return router;
}

/** Described, not validated: what is not understood in them is ignored, as their RFCs ask. */
const callHeaders = [
  {
    name: 'prefer',
    in: 'header' as const,
    description: '`wait=5` gives queued work up after 5 seconds (RFC 7240); 30 by default',
    schema: { type: 'string' as const },
  },
  {
    name: 'priority',
    in: 'header' as const,
    description: '`u=7` marks work nobody waits for (RFC 9218): it yields to live requests',
    schema: { type: 'string' as const },
  },
];

function taskRoute<N extends TaskName>(
  name: N,
  text: { title: string; description: string },
  middleware: MiddlewareHandler<AppEnv>[],
) {
  const { request, result } = taskContracts[name] as TaskContracts[N];
  const schema = z.union([taskResponse(result), taskListResponse(result)]);
  return createRoute({
    method: 'post',
    path: `/api/v1/${name}`,
    operationId: name,
    tags: ['tasks'],
    summary: text.title,
    description: text.description,
    middleware,
    parameters: callHeaders,
    request: {
      body: {
        required: true,
        content: {
          'application/json': {
            schema: request as z.ZodType<TaskBody>,
            example: taskExamples[name] ?? { input: 'The delivery was late, but support was lovely.' },
          },
        },
      },
    },
    responses: {
      200: {
        description: 'The result, or one entry per text in the same order',
        content: { 'application/json': { schema } },
      },
      ...problemResponses('not_found', 'too_large', 'timeout', 'model_unavailable'),
    },
  });
}

interface TaskBody {
  input: string | string[];
  model?: string;
  options?: object;
}
