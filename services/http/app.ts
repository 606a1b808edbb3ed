import { join } from 'node:path';
import { cors } from 'hono/cors';
import { secureHeaders } from 'hono/secure-headers';
import { ParlanceError } from '#contracts';
import type { Services } from '../container.ts';
import { sessionCookie } from './cookies.ts';
import { respondWithError } from './errors.ts';
import { authenticate } from './middleware/authenticate.ts';
import { readBody } from './middleware/body.ts';
import { guard } from './middleware/guard.ts';
import { rateLimit } from './middleware/rate-limit.ts';
import { requestLog } from './middleware/request-log.ts';
import { newRouter } from './router.ts';
import { auditRoutes } from './routes/audit.ts';
import { backupRoutes } from './routes/backup.ts';
import { batchRoutes } from './routes/batches.ts';
import { chatRoutes } from './routes/chat.ts';
import { classifierRoutes } from './routes/classifiers.ts';
import { conversationRoutes } from './routes/conversations.ts';
import { customerRoutes } from './routes/customers.ts';
import { demoRoutes } from './routes/demo.ts';
import { deskRoutes } from './routes/desk.ts';
import { docsRoutes } from './routes/docs.ts';
import { evaluationRoutes } from './routes/evaluation.ts';
import { exampleRoutes } from './routes/examples.ts';
import { huggingFaceRoutes } from './routes/hugging-face/index.ts';
import { keyRoutes } from './routes/keys.ts';
import { knowledgeRoutes } from './routes/knowledge.ts';
import { modelRoutes } from './routes/models.ts';
import { openAiRoutes } from './routes/openai/index.ts';
import { operationRoutes } from './routes/operations.ts';
import { pageRoutes } from './routes/page.ts';
import { peopleRoutes } from './routes/people.ts';
import { sessionRoutes } from './routes/session.ts';
import { systemRoutes } from './routes/system.ts';
import { taskRoutes } from './routes/tasks.ts';
import { teamRoutes } from './routes/teams.ts';
import { teiOperationRoutes, teiRoutes } from './routes/tei/index.ts';
import { surfacePrefixes } from './surfaces.ts';

/** What a page elsewhere may read of an answer beside its body: when to come back, what to tell support, what was cut. */
const exposeHeaders = [
  'Retry-After',
  'X-Request-Id',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'X-Compute-Tokens',
  'X-Truncated',
];

/** Every route over the given services. Knows HTTP and nothing else. */
export function createApp(services: Services) {
  const { config, metrics, log, inference, keys, people } = services;
  const app = newRouter();
  app.onError((error, c) => respondWithError(c, error));
  app.notFound((c) =>
    respondWithError(c, new ParlanceError('not_found', `There is nothing at ${c.req.path}.`)),
  );

  app.use(requestLog(metrics, log));
  app.use(guard(config));
  app.route('/', teiOperationRoutes(services));
  const credentials = { auth: config.auth, keys, people };
  for (const [surface, prefix] of Object.entries(surfacePrefixes)) {
    const within = `${prefix}/*`;
    if (config.corsOrigins.length > 0)
      app.use(within, cors({ origin: config.corsOrigins, credentials: false, exposeHeaders }));
    app.use(within, authenticate({ ...credentials, placeholders: surface !== 'native' }));
    app.use(within, rateLimit(services.rateLimiter), readBody);
  }

  app.route(
    '/',
    taskRoutes(inference.tasks, (name) => inference.tasks.describe(name)),
  );
  app.route('/', batchRoutes({ ...services, stopping: services.stopping.signal }));
  app.route('/', classifierRoutes(services));
  app.route('/', modelRoutes(services));
  app.route('/', openAiRoutes(services));
  app.route('/', huggingFaceRoutes(services));
  app.route('/', teiRoutes(services));
  app.route('/', keyRoutes(services));
  app.route('/', sessionRoutes(services));
  app.route('/', peopleRoutes(services));
  app.route('/', teamRoutes(services));
  app.route('/', customerRoutes(services));
  app.route('/', chatRoutes({ ...services, stopping: services.stopping.signal }));
  app.route('/', conversationRoutes({ ...services, stopping: services.stopping.signal }));
  app.route('/', deskRoutes({ ...services, stopping: services.stopping.signal }));
  app.route('/', demoRoutes(services));
  app.route('/', knowledgeRoutes(services));
  app.route('/', evaluationRoutes(services));
  app.route('/', auditRoutes(services));
  app.route('/', exampleRoutes(services));
  app.route('/', backupRoutes({ ...services, version: config.version }));
  app.route('/', systemRoutes(services));

  app.openAPIRegistry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer' });
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: sessionCookie,
  });
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Parlance', version: config.version, description: 'NLP and deep learning as a service.' },
    security: [...(config.auth === 'keys' ? [] : [{}]), { key: [] }, { session: [] }],
  });
  app.route('/', operationRoutes(services));
  app.use('/*', pageHeaders);
  app.route('/', docsRoutes());
  app.route('/', pageRoutes(join(config.root, 'dist', 'chat-ui')));
  return app;
}

/** Pages load nothing from elsewhere and cannot be framed. */
const pageHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    frameAncestors: ["'none'"],
  },
  strictTransportSecurity: false,
});
