import { Link } from '@tanstack/react-router';
import { LockKeyhole } from 'lucide-react';
import { signInNeeded } from '../api/session.ts';
import { useSession } from '../api/use-session.ts';
import { scopeHolders } from '../people/roles.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import type { Place } from './places.ts';

/** Instead of a page that somebody's role does not open, reached by its address. */
export function NotAllowed({ place }: { place: Place | undefined }) {
  const name = useSession()?.user?.name;
  if (!place || place.for === 'anybody' || place.for === 'whoever is signed in') return null;
  return (
    <EmptyState
      icon={LockKeyhole}
      title={`${place.title} is for ${scopeHolders[place.for]}`}
      action={
        <>
          <Link to="/" className={buttonClass('primary')}>
            Go to the playground
          </Link>
          <Button onClick={() => signInNeeded.set(true)}>Sign in as somebody else</Button>
        </>
      }
    >
      {name
        ? `You are signed in as ${name}, whose roles do not include it. An admin can change that.`
        : 'The API key of this tab does not cover it. An admin can make one that does.'}
    </EmptyState>
  );
}
