import { setPriority } from 'node:os';
import { join } from 'node:path';
import type { EngineRegistry, Session, SessionOptions } from './engine.ts';
import { readGenerationConfig } from './generation/config.ts';
import { echo } from './generation/echo.ts';
import { openSeq2seq } from './generation/open.ts';
import { openSpeaker } from './generation/speaker.ts';
import type { Kernel, KernelRegistry, LoadedModel } from './kernel.ts';
import { loadingFailure } from './loading-failure.ts';
import { Lookout } from './lookout.ts';
import { BatchProgress, unfollowed } from './progress.ts';
import type {
  ModelDescriptor,
  ModelReport,
  WorkerCommand,
  WorkerReport,
  WorkerSettings,
} from './protocol.ts';
import { loadTokenizer } from './tokenizer.ts';

/** How long a worker looks out for its next batch before it sleeps. */
const lookoutMs = 6;

/** On a machine that is full, the process that takes and answers requests must get its turn first. */
const niceness = 5;

/** What a worker process is made of. */
export interface WorkerParts {
  engines: EngineRegistry;
  kernels: KernelRegistry;
}

/**
 * Serves batches over the IPC channel until it closes. Runs in a forked process: a native crash or a runaway allocation
 * ends this process and not the service. Batches run as they come: the pool sends no second one for the same sessions.
 */
export function serveWorker(parts: WorkerParts): void {
  setPriority(niceness);
  // A failed send means the pool is gone, and the disconnect event ends this process.
  const report = (message: WorkerReport) => process.send?.(message, undefined, undefined, () => {});
  const models = new Map<string, LoadedModel>();
  const sessions = new Map<string, Promise<Session>[]>();
  let settings: WorkerSettings = { models: [], engine: undefined, threads: 1, passTokens: 0 };
  let rssBytes = 0;
  const lookout = new Lookout();
  const running = new Map<number, BatchProgress>();

  async function start(asked: WorkerSettings): Promise<void> {
    settings = asked;
    const reports: ModelReport[] = [];
    for (const descriptor of settings.models) reports.push(await load(descriptor));
    rssBytes = process.memoryUsage.rss();
    const [first] = reports;
    if (first?.type === 'model-failed' && reports.every(({ type }) => type === 'model-failed')) {
      report({ type: 'start-failed', reason: first.reason });
      return;
    }
    for (const each of reports) report(each);
    report({ type: 'worker-ready', rssBytes });
  }

  async function load(descriptor: ModelDescriptor): Promise<ModelReport> {
    const { id, revision, files } = descriptor.card;
    const from = performance.now();
    const before = process.memoryUsage.rss();
    await unload(id);
    const opened: Promise<Session>[] = [];
    sessions.set(id, opened);
    try {
      const model = await loadModel(descriptor, settings, noting(parts.engines, opened));
      models.set(id, model);
      await warmUp(model, kernelOf(parts.kernels, model), settings.passTokens);
    } catch (error) {
      await unload(id);
      return { type: 'model-failed', model: id, reason: loadingFailure(error, descriptor.folder) };
    }
    const grown = process.memoryUsage.rss() - before;
    // Memory that another model left behind is used again, and then the process does not grow.
    const weights = files.reduce((sum, { path, size }) => sum + (path.endsWith('.json') ? 0 : size), 0);
    const loadMs = performance.now() - from;
    return { type: 'model-loaded', model: id, revision, loadMs, bytes: Math.max(grown, weights) };
  }

  async function unload(id: string): Promise<void> {
    models.delete(id);
    const opened = sessions.get(id) ?? [];
    sessions.delete(id);
    // Of a model that could not be loaded a graph may still be on its way.
    for (const session of await Promise.allSettled(opened)) {
      // Memory that cannot be given back is no reason to stop: the pool replaces a worker that grows.
      if (session.status === 'fulfilled') await session.value.release().catch(() => {});
    }
  }

  async function runBatch(id: number, name: string, inputs: unknown[]): Promise<void> {
    const model = models.get(name);
    if (!model) throw new Error(`model ${name} is not loaded`);
    const total = { tokenizeMs: 0, runMs: 0, paddedTokens: 0 };
    const progress = new BatchProgress((pieces) => report({ type: 'batch-progress', id, pieces }));
    running.set(id, progress);
    const kernel = kernelOf(parts.kernels, model);
    for await (const pass of kernel.run(model, inputs as never[], settings.passTokens, progress)) {
      progress.flush();
      total.tokenizeMs += pass.tokenizeMs;
      total.runMs += pass.runMs;
      total.paddedTokens += pass.paddedTokens;
      const { rows, outputs, remaining } = pass;
      const part = { id, rows, outputs, elapsedMs: total.tokenizeMs + total.runMs };
      if (remaining > 0) report({ type: 'batch-part', ...part });
      else report({ type: 'batch-done', ...part, ...total, rssBytes });
    }
    // After the answer is on its way: asking the system takes a moment, and a batch ago is soon enough to know.
    rssBytes = process.memoryUsage.rss();
    lookout.begin(lookoutMs);
  }

  process.on('message', (command: WorkerCommand) => {
    lookout.end();
    if (command.type === 'drop-rows') running.get(command.id)?.drop(command.rows);
    else if (command.type === 'start') {
      start(command.settings).catch((error) => report({ type: 'start-failed', reason: reasonOf(error) }));
    } else if (command.type === 'load-model') {
      void load(command.descriptor).then(report);
    } else if (command.type === 'unload-model') {
      void unload(command.model);
    } else {
      const { id, model, inputs } = command;
      runBatch(id, model, inputs)
        .catch((error) => report({ type: 'batch-failed', id, reason: reasonOf(error) }))
        .finally(() => running.delete(id));
    }
  });
  process.on('disconnect', () => process.exit(0));
  // The pool decides when to stop; a Ctrl-C in the terminal reaches the whole process group and is not for workers.
  process.on('SIGINT', () => {});
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The same engines, which also note what they load, so that all of a model can be let go, or what there is of half a one. */
function noting(engines: EngineRegistry, opened: Promise<Session>[]): EngineRegistry {
  const note = (open: EngineRegistry[string]) => async () => {
    const engine = await open();
    return {
      name: engine.name,
      load(options: SessionOptions) {
        const loading = engine.load(options);
        opened.push(loading);
        return loading;
      },
    };
  };
  return Object.fromEntries(Object.entries(engines).map(([name, open]) => [name, note(open)]));
}

async function loadModel(
  { card, folder }: ModelDescriptor,
  settings: WorkerSettings,
  engines: EngineRegistry,
): Promise<LoadedModel> {
  const name = settings.engine ?? card.engine;
  const engine = await engines[name]?.();
  if (!engine) throw new Error(`there is no engine named ${name}`);
  const width = card.labels?.length ?? card.dimensions ?? 1;
  const load = (graph: string) =>
    engine.load({ graph: join(folder, graph), threads: settings.threads, width });
  const [session, decoder, next, tokenizer] = await Promise.all([
    load(card.graph),
    card.decoder && load(card.decoder),
    card.decoderNext ? load(card.decoderNext) : undefined,
    loadTokenizer(folder, card.maxTokens),
  ]);
  if (card.task === 'chat') {
    const speaker = await openSpeaker(session, folder, { ...settings, fake: name === 'fake' });
    return { card, session, tokenizer, speaker };
  }
  if (!decoder) return { card, session, tokenizer };
  const config = await readGenerationConfig(folder);
  // A fake graph has no weights that could write.
  const model = name === 'fake' ? echo(config.end) : openSeq2seq(session, decoder, config, next);
  return { card, session, tokenizer, writer: { model, config } };
}

function kernelOf(kernels: KernelRegistry, model: LoadedModel): Kernel {
  const kernel = kernels[model.card.kernel];
  if (!kernel) throw new Error(`there is no kernel named ${model.card.kernel}`);
  return kernel as Kernel;
}

/** The shortest and the fullest pass, so that the first caller does not pay for allocation and code loading. */
async function warmUp(model: LoadedModel, kernel: Kernel, passTokens: number): Promise<void> {
  const run = async (texts: string[]) => {
    for await (const _ of kernel.run(model, texts as never[], passTokens, unfollowed));
  };
  await run(['warm']);
  // What it reads first costs a model that writes little beside what it writes, and that is short for nobody.
  if (model.writer || model.speaker) return;
  const longest = 'warm '.repeat(model.card.maxTokens);
  const rows = Math.max(1, Math.floor(passTokens / model.card.maxTokens));
  await run(new Array(rows).fill(longest));
}
