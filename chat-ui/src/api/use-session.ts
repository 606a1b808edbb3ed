import { useQuery } from '@tanstack/react-query';
import type { Session } from '#contracts';
import { sessionQuery } from './queries.ts';

/** Who is signed in; undefined until the server has said so. */
export const useSession = (): Session | undefined => useQuery(sessionQuery).data;
