import { useQuery } from '@tanstack/react-query';
import { systemQuery } from '../api/queries.ts';
import { useSession } from '../api/use-session.ts';

/** Which agent looks: the person, or the key as which the page came in. Undefined until the server has said. */
export function useMe(): string | undefined {
  const session = useSession();
  const byKey = session?.kind === 'key';
  const { data: system } = useQuery({ ...systemQuery, enabled: byKey });
  if (session?.user) return session.user.id;
  return byKey ? system?.principal.actor.replace(/^key:/, '') : session && 'local';
}
