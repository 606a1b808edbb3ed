import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../config.ts';
import {
  sampleFolder,
  sampleTenant,
  type TargetParts,
  type TaskCall,
  taskCall,
} from '../../evaluation/targets/open.ts';
import { createEmbed } from '../../knowledge/embedder.ts';

/** What the command line puts suites to: models in this process and, where a suite needs it, a bot with the sample company. */
export interface Subject {
  call: TaskCall;
  checkModel: TargetParts['checkModel'];
  /** Unit vectors of texts. */
  embed: (texts: string[]) => Promise<number[][]>;
  bot: TargetParts['bot'];
  close(): Promise<void>;
}

/**
 * A service of its own in a folder of its own, without a port and gone afterwards: nothing that is measured touches what this
 * installation has. The sample company is read when something asks the bot.
 */
export async function openSubject(config: Config): Promise<Subject> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parlance-eval-'));
  const { createServices } = await import('../../container.ts');
  const services = await createServices({
    ...config,
    dataDir,
    databaseUrl: undefined,
    // This command is the queue's only user and waits its turn.
    queueTokens: Number.MAX_SAFE_INTEGER,
    logLevel: 'error',
  });
  await services.inference.start();
  const embed = createEmbed(services.inference.tasks);
  let company: Promise<unknown> | undefined;
  return {
    call: taskCall(services, sampleTenant, 'interactive'),
    checkModel: (task, model) => void services.inference.catalogue.forTask(task, model),
    embed: (texts) => embed(texts, { tenant: sampleTenant, lane: 'batch' }),
    async bot() {
      company ??= services.knowledge.loadCompany(sampleTenant, sampleFolder(config.root));
      await company;
      return { ...services, tenant: sampleTenant };
    },
    async close() {
      await services.chat.close();
      await services.knowledge.close();
      await services.inference.stop(0);
      await services.database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
