import type { Services } from '../../../container.ts';
import { newRouter } from '../../router.ts';
import { completionRoutes } from './completions.ts';
import { embeddingRoutes } from './embeddings.ts';
import { modelRoutes } from './models.ts';

/** What OpenAI's clients ask for, as far as there is something to answer with. */
export function openAiRoutes(services: Services) {
  const router = newRouter();
  router.route('/', modelRoutes(services));
  router.route('/', embeddingRoutes(services));
  router.route('/', completionRoutes({ ...services, stopping: services.stopping.signal }));
  return router;
}
