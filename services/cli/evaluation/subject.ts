import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelFor } from '#inference';
import { textTasks } from '#nlp';
import type { Config } from '../../config.ts';
import type { Services } from '../../container.ts';
import { sampleFolder, sampleTenant, type TargetParts, taskCall } from '../../evaluation/targets/open.ts';
import { createInference, type Inference } from '../../inference.ts';
import { createEmbed } from '../../knowledge/embedder.ts';
import { openLibrary } from '../../models/library.ts';

/** What the command line puts suites to: models in this process and, where a suite needs it, a bot with the sample company. */
export interface Subject extends Omit<TargetParts, 'secret'> {
  /** Unit vectors of texts. */
  embed: (texts: string[]) => Promise<number[][]>;
  close(): Promise<void>;
}

const unobserved = { batchDone: () => {}, inputsDropped: () => {}, workerEnded: () => {} };

/**
 * Models, and a service in a folder of its own, without a port and gone afterwards: nothing that is measured touches what this
 * installation has. Each is started when something is first asked of it; an endpoint elsewhere needs neither.
 */
export function openSubject(asked: Config): Subject {
  // This command is the queue's only user and waits its turn.
  const config: Config = { ...asked, queueTokens: Number.MAX_SAFE_INTEGER, logLevel: 'error' };
  let bare: Promise<Inference> | undefined;
  let bot: Promise<Bot> | undefined;
  const inference = async () => {
    if (bot) return (await bot).services.inference;
    bare ??= startInference(config);
    return await bare;
  };
  return {
    call: async (task, request, signal) =>
      taskCall({ inference: await inference() }, sampleTenant, 'interactive')(task, request, signal),
    checkModel: async (task, model) => {
      const { catalogue } = await openLibrary(config);
      modelFor(textTasks()[task], catalogue, model);
    },
    embed: async (texts) =>
      createEmbed((await inference()).tasks)(texts, { tenant: sampleTenant, lane: 'interactive' }),
    async bot() {
      bot ??= startBot(config);
      return { ...(await bot).services, tenant: sampleTenant };
    },
    async close() {
      await Promise.all([bare?.then((started) => started.stop(0)), bot?.then((started) => started.close())]);
    },
  };
}

async function startInference(config: Config): Promise<Inference> {
  const inference = await createInference(config, unobserved);
  await inference.start();
  return inference;
}

interface Bot {
  services: Services;
  close(): Promise<void>;
}

/** Everything but a port, with the sample company read. */
async function startBot(config: Config): Promise<Bot> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parlance-eval-'));
  const { createServices } = await import('../../container.ts');
  const services = await createServices({ ...config, dataDir, databaseUrl: undefined });
  const { chat, knowledge, inference, database } = services;
  await inference.start();
  await knowledge.loadCompany(sampleTenant, sampleFolder(config.root));
  return {
    services,
    async close() {
      await chat.close();
      await knowledge.close();
      await inference.stop(0);
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
