import type { Session } from '#contracts';
import { mayUse, signInNeeded } from '../api/session.ts';
import { useSession } from '../api/use-session.ts';
import { type Place, placeOf, places } from './places.ts';

/**
 * How whoever looks stands to the page in view: they are in, have to say first who they are, hold an invitation, or are
 * somebody the page is not for.
 */
export type Standing = 'in' | 'out' | 'invited' | 'not-allowed';

export function useStanding(path: string): Standing {
  const session = useSession();
  const asked = signInNeeded.use();
  const place = placeOf(path);
  if (path.startsWith('/invitation/')) return 'invited';
  if (place?.for === 'anybody') return 'in';
  if (asked || session?.kind === 'none') return 'out';
  return !place || opens(place, session) ? 'in' : 'not-allowed';
}

/** The pages of the navigation that whoever looks may open. */
export function useOpenPlaces(): Place[] {
  const session = useSession();
  return places.filter((place) => opens(place, session));
}

function opens({ for: whom }: Place, session: Session | undefined): boolean {
  if (whom === 'anybody') return true;
  if (session?.kind === 'none') return false;
  return whom === 'whoever is signed in' || mayUse(session, whom);
}
