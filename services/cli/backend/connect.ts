import { ParlanceClient } from '#client';
import { ParlanceError } from '#contracts';
import type { Config } from '../../config.ts';
import type { Backend } from '../../rows/backend.ts';
import { ServerBackend } from './server-backend.ts';

/** What `--server` and `--api-key` said; the configuration fills what they left open. */
export interface ServerChoice {
  server?: string | undefined;
  apiKey?: string | undefined;
}

/** How long a server may take to say that it is there: one that was named is waited for, even when it is busy. */
const probeMs = { named: 10_000, guessed: 2000 };

/**
 * A client for the server to work with: the one that was named, which must answer, else the one this configuration
 * would start, when it is running; else null. Throws `provider_failed` when a named server does not answer.
 */
export async function findServer(config: Config, choice: ServerChoice): Promise<ServerAt | null> {
  const named = choice.server ?? config.client.url;
  const url = (named ?? ownUrl(config)).replace(/\/+$/, '');
  if (!(await answers(url, named === undefined ? probeMs.guessed : probeMs.named))) {
    if (named === undefined) return null;
    throw new ParlanceError('provider_failed', `No Parlance server answers at ${url}. Is it running?`);
  }
  return { url, apiKey: choice.apiKey ?? config.client.apiKey };
}

export interface ServerAt {
  url: string;
  apiKey: string | undefined;
}

export const clientOf = ({ url, apiKey }: ServerAt) => new ParlanceClient({ baseUrl: url, apiKey });

/** A running server when there is one, else the models in this process. */
export async function connect(config: Config, choice: ServerChoice): Promise<Backend> {
  const server = await findServer(config, choice);
  if (server) return new ServerBackend(server.url, server.apiKey);
  const { LocalBackend } = await import('./local-backend.ts');
  return LocalBackend.start(config);
}

/** Where this configuration's own server listens, or would. */
export function ownUrl({ host, port }: Config): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${reachable.includes(':') && !reachable.startsWith('[') ? `[${reachable}]` : reachable}:${port}`;
}

async function answers(url: string, withinMs: number): Promise<boolean> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(withinMs) });
    const body: unknown = await response.json();
    return response.ok && typeof body === 'object' && body !== null && 'status' in body;
  } catch {
    return false;
  }
}
