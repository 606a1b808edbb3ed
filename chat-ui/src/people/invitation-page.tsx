import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { asParlanceError } from '#contracts';
import { client } from '../api/client.ts';
import { buttonClass } from '../ui/button.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { Doorstep } from './doorstep.tsx';
import { InvitationForm } from './invitation-form.tsx';

/** Where the link of an invitation leads. */
export function InvitationPage() {
  const { token } = useParams({ from: '/invitation/$token' });
  const [spent, setSpent] = useState<unknown>();
  const {
    data: offer,
    error,
    refetch,
  } = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => client().invitations.offer(token),
    // While the form is being filled in nothing must take it away.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  const failure = spent ?? error;
  if (failure) {
    // That a link is worth nothing does not change by asking again.
    const known = asParlanceError(failure).code === 'not_found';
    return (
      <Doorstep title="This link does not work">
        <ErrorState error={failure} onRetry={known ? undefined : () => void refetch()} className="p-0" />
        <Link to="/" className={`${buttonClass()} mt-6 w-full`}>
          Go to the sign-in
        </Link>
      </Doorstep>
    );
  }
  if (!offer) {
    return (
      <Doorstep title="One moment">
        <SkeletonBlock label="Looking at the link" lines={5} />
      </Doorstep>
    );
  }
  return (
    <Doorstep
      title={offer.kind === 'join' ? 'You are invited' : 'Choose a new password'}
      below={
        <>
          The link ends <Time at={offer.expiresAt} />.
        </>
      }
    >
      <InvitationForm token={token} offer={offer} onSpent={setSpent} />
    </Doorstep>
  );
}
