import type { Scope } from '#contracts';
import type { TestServer } from '../http/server.ts';

/** The secret of a new key of the first tenant. */
export async function newKey(
  { running }: Pick<TestServer, 'running'>,
  scopes: Scope[] = ['inference', 'chat'],
  ratePerMinute: number | null = null,
): Promise<string> {
  const author = { tenant: 'default', actor: 'local' };
  const request = { name: 'test', scopes, ratePerMinute, expiresInDays: null };
  const { secret = '' } = await running.services.keys.create(author, request);
  return secret;
}
