import type { Session } from '#contracts';
import { client, clientWith } from './client.ts';
import { sessionQuery } from './queries.ts';
import { queryClient } from './query-client.ts';
import { apiKey, signInNeeded } from './session.ts';

/** Takes over who the server says it is now. Everything else was read by somebody else and is read anew. */
export async function enter(session: Session): Promise<void> {
  queryClient.setQueryData(sessionQuery.queryKey, session);
  signInNeeded.set(session.kind === 'none');
  await queryClient.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
}

/** Proves an API key before it is kept. Throws `unauthorized` for one the server does not know. */
export async function enterWithKey(key: string): Promise<void> {
  const session = await clientWith(key).session.get();
  apiKey.set(key);
  await enter(session);
}

/** Forgets the key of this tab or, without one, ends the sign-in of this browser. Throws what the client throws. */
export async function leave(): Promise<void> {
  if (apiKey.get() === null) await client().session.signOut();
  else apiKey.set(null);
  await enter(await client().session.get());
}
