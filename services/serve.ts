import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { ParlanceError } from '#contracts';
import { type Config, openedBy } from './config.ts';
import { createServices, type Seams, type Services } from './container.ts';
import { playFirstStart } from './demo/first-start.ts';
import { createApp } from './http/app.ts';
import { shed } from './http/shed.ts';
import { defaultTenant } from './principal.ts';

/** A server that accepts requests. */
export interface Running {
  /** Such as http://127.0.0.1:8787 */
  url: string;
  services: Services;
  /** Resolves when the models are loaded and warm; rejects when no worker could start. */
  ready: Promise<void>;
  /** Takes no new connection, finishes what runs, and lets go of everything. Safe to call twice. */
  stop(): Promise<void>;
}

/** Within the ten seconds that orchestrators give. */
const drainMs = 5_000;
/** The largest file may come over a slow line. Other bodies have a minute: `readBody` sees to it. */
const requestTimeout = 3_600_000;

/**
 * Starts the whole service in this process. It listens before the models are warm, so that health checks are answered.
 * @throws ParlanceError `conflict` for a taken port or folder, `forbidden` for a server that others can reach without a key
 */
export async function serve(config: Config, seams: Seams = {}): Promise<Running> {
  const opened = openedBy(config);
  if (opened && config.auth === 'open') throw openToOthers(opened);
  const services = await createServices(config, seams);
  const { database, keys, people, chat, inference, knowledge, log } = services;
  try {
    if (opened && !(await keys.hasActiveKey()) && !(await people.hasWayIn())) throw withoutWayIn(opened);
    await chat.start(defaultTenant);
    await loadDemo(services);
    const listener = getRequestListener(createApp(services).fetch);
    const server = createServer(
      { requestTimeout },
      shed({ pool: inference.pool, metrics: services.metrics }, listener),
    );
    const url = await listen(server, config);
    server.on('error', (err) => log.error({ err }, 'the server failed to take a connection'));
    const ready = inference.start();
    // Whoever awaits `ready` hears of a failure; nobody awaiting it must not end the process.
    ready.catch(() => {});
    const resume = async () => {
      await knowledge.sources.resume(defaultTenant);
      await services.evaluations.jobs.resume();
      await services.batches.attend(defaultTenant);
    };
    const { signal } = services.stopping;
    const resumed = ready
      .then(resume)
      .catch((err) => signal.aborted || log.error({ err }, 'documents, evaluations or jobs still wait'));
    const played = ready
      .then(() => playFirstStart(services, defaultTenant))
      .catch((err) => signal.aborted || log.warn({ err }, 'the demo does not play'));
    let stopped: Promise<void> | undefined;
    const stop = () => (stopped ??= shutDown(server, services, [resumed, played]));
    return { url, services, ready, stop };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/**
 * Open requests first: what they still ask of the models must find them. `begun` is what a start goes on with by itself, which writes
 * into the data folder until it has noticed.
 */
async function shutDown(server: Server, services: Services, begun: Promise<unknown>[]): Promise<void> {
  const { demo, chat, knowledge, evaluations, batches, inference, database } = services;
  services.stopping.abort();
  const silent = demo.stop();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that was busy when the server closed is idle once its request is answered.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, drainMs).unref())]);
  clearInterval(idle);
  await silent;
  await evaluations.jobs.close();
  await batches.close();
  await chat.close();
  await knowledge.close();
  await services.models.close();
  await inference.stop(0);
  await Promise.all(begun);
  server.closeAllConnections();
  await closed;
  await database.close();
}

/** Without room to write the service still reads and scores, and a later start has the demo. */
async function loadDemo({ examples, log }: Services): Promise<void> {
  try {
    await examples.loadDemo(defaultTenant);
  } catch (error) {
    if (!(error instanceof ParlanceError) || error.code !== 'storage_full') throw error;
    log.warn('the disk is nearly full: nothing can be saved until some space is free');
  }
}

function listen(server: Server, { host, port }: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => reject(listenError(error, host, port));
    server.once('error', failed);
    server.listen(port, host, () => {
      server.removeListener('error', failed);
      const bound = server.address() as AddressInfo;
      const name = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
      resolve(`http://${name}:${bound.port}`);
    });
  });
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): ParlanceError {
  const cause = { cause: error };
  if (error.code === 'EADDRINUSE') {
    const remedy = 'Stop the other program, or choose another port with PARLANCE_PORT.';
    return new ParlanceError('conflict', `Port ${port} on ${host} is taken. ${remedy}`, cause);
  }
  if (error.code === 'EACCES') {
    return new ParlanceError(
      'forbidden',
      `Port ${port} needs more rights. Choose one above 1023 with PARLANCE_PORT.`,
      cause,
    );
  }
  return new ParlanceError(
    'invalid_input',
    `Cannot listen on ${host}:${port} (${error.code}). Check PARLANCE_HOST.`,
    cause,
  );
}

const openToOthers = (setting: string) =>
  new ParlanceError(
    'forbidden',
    `${setting} lets others in, so PARLANCE_AUTH=open is refused with it. Unset PARLANCE_AUTH.`,
  );

const withoutWayIn = (setting: string) =>
  new ParlanceError(
    'forbidden',
    `${setting} lets others in and nobody has a way in yet. Make one first: parlance people invite <your e-mail> --role admin, or for programs parlance keys create --name first --scopes admin`,
  );
