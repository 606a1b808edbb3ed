import type { Readable } from 'node:stream';
import { type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { ParlanceError } from '#contracts';
import { refusalOf, unreachable } from './refusals.ts';

/** Where models are pulled from, and how it is reached. */
export interface HubSettings {
  /** Without a slash at its end. */
  endpoint: string;
  token: string | undefined;
  proxy: { http: string | undefined; https: string | undefined; none: string | undefined };
}

/** An answer whose body is to be read or destroyed. */
export interface HubAnswer {
  status: number;
  header(name: string): string | undefined;
  body: Readable;
}

export interface Hub {
  /**
   * Asks for a path, or for a whole address that the hub itself named, and follows where it leads.
   * @throws ParlanceError for any status but 200 and 206, and where nobody answers
   */
  get(path: string, headers: Record<string, string>, signal: AbortSignal): Promise<HubAnswer>;
  close(): Promise<void>;
}

/** How long to wait for a connection, for the first byte and between two bytes, in milliseconds. */
export const patienceMs = { connect: 10_000, silence: 30_000 };

const maxRedirects = 5;

/**
 * Speaks to a hub of models. The token goes to the hub alone, never to where it leads.
 * @throws ParlanceError `unsupported` for a proxy whose address is none
 */
export function openHub({ endpoint, token, proxy }: HubSettings, patience = patienceMs): Hub {
  const home = new URL(endpoint);
  const dispatcher = dispatcherOf(proxy, patience);

  async function ask(url: URL, headers: Record<string, string>, signal: AbortSignal) {
    const own: Record<string, string> = { 'user-agent': 'parlance', ...headers };
    if (token && url.origin === home.origin) own.authorization = `Bearer ${token}`;
    return await request(url, { dispatcher, headers: own, signal }).catch((error) => {
      throw unreachable(url, error, signal);
    });
  }

  return {
    async get(path, headers, signal) {
      let url = leadsTo(path, new URL(`${endpoint}/`));
      for (let hop = 0; hop <= maxRedirects; hop++) {
        const { statusCode: status, headers: answered, body } = await ask(url, headers, signal);
        const header = (name: string) => [answered[name]].flat()[0];
        if (status === 200 || status === 206) return { status, header, body };
        // A few bytes at most are of use; whoever sends more without end is not listened to.
        body.on('error', () => {}).destroy();
        const location = header('location');
        if (status < 300 || status > 399 || location === undefined) throw refusalOf(status, header);
        url = leadsTo(location, url);
      }
      throw new ParlanceError('provider_failed', `The hub leads from one address to another without end.`);
    },
    close: () => dispatcher.destroy(),
  };
}

function dispatcherOf({ http, https, none }: HubSettings['proxy'], patience: typeof patienceMs): Dispatcher {
  try {
    return new EnvHttpProxyAgent({
      httpProxy: http ?? '',
      httpsProxy: https ?? '',
      noProxy: none ?? '',
      connectTimeout: patience.connect,
      headersTimeout: patience.silence,
      bodyTimeout: patience.silence,
    });
  } catch (cause) {
    const detail = 'HTTP_PROXY or HTTPS_PROXY is no address. Write it as http://host:port and start again.';
    throw new ParlanceError('unsupported', detail, { cause });
  }
}

/** @throws ParlanceError `provider_failed` for an address that is none, or that gives up encryption */
function leadsTo(location: string, from: URL): URL {
  const url = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && from.protocol === 'http:');
  if (url && safe) return url;
  throw new ParlanceError('provider_failed', 'The hub leads to an address that is not safe to follow.');
}
