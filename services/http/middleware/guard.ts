import type { MiddlewareHandler } from 'hono';
import { ParlanceError } from '#contracts';
import { type Config, isLoopback } from '../../config.ts';
import type { AppEnv } from '../env.ts';
import { isSameOrigin } from './same-origin.ts';

const probes = new Set(['/healthz', '/readyz']);

/**
 * Refuses what a browser page of another site could send to an open loopback port: a `Host` that is not this server's
 * (DNS rebinding) and an `Origin` that is neither this server nor on the allow-list. A server bound to a public address
 * asks for keys, so there any host name is accepted unless a list is set. Probes of an orchestrator come by address: what
 * they ask tells nothing, so any host will do.
 */
export function guard(
  config: Pick<Config, 'host' | 'allowedHosts' | 'corsOrigins'>,
): MiddlewareHandler<AppEnv> {
  const anyHost = !isLoopback(config.host) && config.allowedHosts.length === 0;
  return async (c, next) => {
    const host = c.req.header('host') ?? '';
    const name = hostName(host);
    if (!anyHost && !probes.has(c.req.path) && !isLoopback(name) && !config.allowedHosts.includes(name)) {
      throw new ParlanceError(
        'forbidden',
        `This server does not answer to the host ${name}. PARLANCE_ALLOWED_HOSTS adds it.`,
      );
    }
    const origin = c.req.header('origin');
    if (origin !== undefined && !isSameOrigin(origin, host) && !config.corsOrigins.includes(origin)) {
      throw new ParlanceError(
        'forbidden',
        `Pages of ${origin} may not call this server. PARLANCE_CORS_ORIGINS adds them.`,
      );
    }
    await next();
  };
}

/** Without the port; an IPv6 address keeps its brackets. */
function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}
