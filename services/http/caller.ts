import type { Context } from 'hono';
import type { Caller } from '#inference';
import type { AppEnv } from './env.ts';

/** On whose behalf a request runs tasks: `Prefer: wait=5` bounds its time in the queue, `Priority: u=7` lets others go first. */
export function callerOf(c: Context<AppEnv>): Caller {
  const wait = /(?:^|[,;\s])wait=(\d{1,3})/.exec(c.req.header('prefer') ?? '')?.[1];
  const background = /(?:^|[,\s])u=[67]/.test(c.req.header('priority') ?? '');
  return {
    tenant: c.get('principal').tenant,
    lane: background ? 'batch' : 'interactive',
    signal: c.req.raw.signal,
    timeoutMs: wait ? Number(wait) * 1000 : undefined,
  };
}
