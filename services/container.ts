import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { PoolObserver } from '#inference';
import type { ChatTools, Heads } from '#nlp';
import { type Answerers, createAnswerers } from './answerers/index.ts';
import { type Batches, createBatches } from './batches/batches.ts';
import { openFolderBlobs } from './blobs/folder.ts';
import type { BlobStore } from './blobs.ts';
import { type Chat, createChat } from './chat/chat.ts';
import { createTools } from './chat/tools.ts';
import { type Classifiers, createClassifiers } from './classifiers/classifiers.ts';
import type { Config } from './config.ts';
import { createLedger, type Ledger } from './conversations/ledger.ts';
import { createLive, type Live } from './conversations/live.ts';
import { type Conversations, createConversations } from './conversations/read.ts';
import { type Database, openDatabase } from './db/index.ts';
import { createCustomers } from './demo/customers.ts';
import { createPlayer, type DemoPlayer } from './demo/player.ts';
import { readScripts } from './demo/scripts.ts';
import { createDesk, type Desk } from './desk/desk.ts';
import { createEvaluations, type Evaluations } from './evaluation/index.ts';
import { sampleFolder, sampleTenant, taskCall } from './evaluation/targets/open.ts';
import { createExampleStore, type ExampleStore } from './examples.ts';
import { type AuditLog, createAuditLog } from './identity/audit.ts';
import { createKeyStore, type KeyStore } from './identity/keys.ts';
import { createRateLimiter, type RateLimiter } from './identity/rate-limit.ts';
import { createInference, type Inference } from './inference.ts';
import { createEmbed } from './knowledge/embedder.ts';
import { createKnowledge, type Knowledge } from './knowledge/index.ts';
import { createLog } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createModels, type Models } from './models/models.ts';
import { createPeople, type People } from './people/index.ts';
import { loggingRemote } from './remote/log.ts';

/** Everything a running server is made of. */
export interface Services {
  config: Config;
  log: Logger;
  metrics: Metrics;
  database: Database;
  blobs: BlobStore;
  keys: KeyStore;
  people: People;
  live: Live;
  ledger: Ledger;
  conversations: Conversations;
  /** What the bot answers with, for a tenant. */
  chatTools: (tenant: string, signal: AbortSignal) => ChatTools;
  chat: Chat;
  /** What answers clients that keep the conversation themselves. */
  answerers: Answerers;
  desk: Desk;
  demo: DemoPlayer;
  audit: AuditLog;
  examples: ExampleStore;
  rateLimiter: RateLimiter;
  inference: Inference;
  models: Models;
  classifiers: Classifiers;
  knowledge: Knowledge;
  batches: Batches;
  /** What reviewers keep. */
  evaluations: Evaluations;
  startedAt: Date;
  /** Aborted when the server stops, which ends what would otherwise go on. */
  stopping: AbortController;
}

/** What a test puts in the place of a part. */
export interface Seams {
  /** Awaited between two pieces of an answer. */
  pace?: (() => Promise<void>) | undefined;
  /** What answers rest on, whatever the knowledge base has. */
  tools?: ChatTools | undefined;
  /** The program of a worker. */
  workerUrl?: URL | undefined;
}

/** The one place where parts are made and given to each other. Starts no worker: `inference.start` does. */
export async function createServices(config: Config, seams: Seams = {}): Promise<Services> {
  // Standard output is for people; the log is for machines.
  const log = createLog(config.logLevel);
  const metrics = createMetrics();
  // A task that asks for a head asks after everything is made.
  const heads: Heads = { find: (tenant, reference) => classifiers.find(tenant, reference) };
  const [inference, database] = await Promise.all([
    createInference(config, loggingWorkers(metrics.pool, log), {
      heads,
      remoteObserver: loggingRemote(metrics.remote, log),
      workerUrl: seams.workerUrl,
    }),
    openDatabase(config),
  ]);
  metrics.watchPool(() => inference.pool.status);
  metrics.remote.watch(inference.remote);
  const people = createPeople(database, config);
  const live = createLive(database);
  const blobs = await openFolderBlobs(join(config.dataDir, 'blobs'));
  const ledger = createLedger(database, live);
  const conversations = createConversations(database);
  const { tasks } = inference;
  const knowledge = createKnowledge({ database, blobs, tasks, log });
  const embed = createEmbed(tasks);
  const embedder = () => inference.catalogue.forTask(['embeddings']);
  const classifiers = createClassifiers({ database, blobs, embed, embedder });
  const chatTools = seams.tools ? () => seams.tools as ChatTools : createTools(embed, knowledge);
  const chat = createChat({
    ...{ database, ledger, live, conversations, tasks, log },
    tools: chatTools,
    onGap: knowledge.gaps.record,
    pace: seams.pace,
  });
  return {
    config,
    log,
    metrics,
    database,
    blobs,
    keys: createKeyStore(database),
    people,
    live,
    ledger,
    conversations,
    chatTools,
    chat,
    answerers: createAnswerers({
      ...{ tools: chatTools, pace: seams.pace },
      ...{ catalogue: inference.catalogue, runtime: inference.pool },
    }),
    desk: createDesk({ database, ledger, live, users: people.users, log }),
    demo: createPlayer({
      customers: createCustomers(chat),
      scripts: () => readScripts(config.root),
      failed: (err) => log.warn({ err }, 'a customer of the demo could not say something'),
    }),
    audit: createAuditLog(database),
    examples: createExampleStore(database),
    rateLimiter: createRateLimiter(config),
    inference,
    models: createModels({ config, database, inference }),
    classifiers,
    knowledge,
    batches: createBatches({ database, blobs, tasks, log }),
    evaluations: createEvaluations(database, {
      ...{ root: config.root, version: config.version, log },
      folder: join(config.dataDir, 'evaluations'),
      call: taskCall({ inference }, sampleTenant),
      checkModel: (task, model) => tasks.checkModel(task, model),
      tools: { embed: (texts) => embed(texts, { tenant: sampleTenant, lane: 'batch' }) },
      async bot() {
        await knowledge.loadCompany(sampleTenant, sampleFolder(config.root));
        return { tenant: sampleTenant, knowledge, chat, conversations, chatTools };
      },
    }),
    startedAt: new Date(),
    stopping: newStopping(),
  };
}

/** Every open stream listens to it: many listeners are expected, not a leak. */
function newStopping(): AbortController {
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal);
  return stopping;
}

/** The observer, and a line in the log for each worker that ended: a warning unless it was replaced as planned. */
export function loggingWorkers(observer: PoolObserver, log: Pick<Logger, 'info' | 'warn'>): PoolObserver {
  return {
    ...observer,
    workerEnded(reason, lostInputs) {
      observer.workerEnded(reason, lostInputs);
      log[reason === 'closed' ? 'info' : 'warn']({ reason, lostInputs }, 'a worker ended');
    },
  };
}
