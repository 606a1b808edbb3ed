import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { startService } from '../service.ts';

/** Something that answers `POST url` with `{input}`. */
export interface Target {
  name: string;
  url: string;
  stop(): Promise<void>;
}

/** @param root of the project, which must be built */
export async function startParlance(root: string): Promise<Target> {
  const { url, stop } = await startService(root);
  return { name: 'Parlance', url: `${url}/api/v1/embeddings`, stop };
}

/** Infinity with its ONNX engine on the same file. @param python one with infinity-emb[server,optimum] */
export async function startInfinity(python: string, folder: string): Promise<Target> {
  const port = await freePort();
  const environment = { HF_HUB_OFFLINE: '1', TRANSFORMERS_OFFLINE: '1', DO_NOT_TRACK: '1' };
  const script = join(import.meta.dirname, 'peers/by_infinity.py');
  const child = start(python, [script, folder, String(port)], environment);
  const url = `http://127.0.0.1:${port}/embeddings`;
  return { name: 'Infinity', url, stop: await ready(child, url) };
}

/** @param folder one with @huggingface/transformers, hono and @hono/node-server in its node_modules */
export async function startNaive(folder: string, models: string, name: string): Promise<Target> {
  const environment = { NODE_PATH: join(folder, 'node_modules') };
  const script = join(import.meta.dirname, 'peers/naive.mjs');
  const child = start(process.execPath, [script, models, name], environment);
  const url = await new Promise<string>((resolve, reject) => {
    let printed = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const address = /listens on (http:\S+)/.exec(printed)?.[1];
      if (address) resolve(`${address}/embeddings`);
    });
    child.once('exit', () => reject(new Error('The route of Hono and transformers.js ended at once.')));
  });
  return { name: 'Hono + transformers.js', url, stop: await ready(child, url) };
}

const start = (program: string, words: string[], environment: Record<string, string>) =>
  spawn(program, words, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'ignore'] });

/** Waits for the first answer, at most three minutes, and gives what ends the process. */
async function ready(child: ChildProcess, url: string): Promise<() => Promise<void>> {
  child.stdout?.resume();
  const stop = () =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
    });
  const post = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"input":"ready?"}',
  };
  for (let tries = 0; tries < 360 && child.exitCode === null; tries++) {
    const response = await fetch(url, post).catch(() => undefined);
    if (response?.ok) return stop;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  await stop();
  throw new Error(`Nothing answered at ${url}.`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
