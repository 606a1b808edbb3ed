import { useQuery } from '@tanstack/react-query';
import { MailPlus, UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { Invitation } from '#contracts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { RowsSkeleton } from '../ui/rows-skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { invitationsQuery } from './queries.ts';
import { roleNames } from './roles.ts';
import { useWithdraw } from './use-people.ts';

function Row({ invitation, onRevoke }: { invitation: Invitation; onRevoke: () => void }) {
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3.5 sm:px-5">
      <div className="min-w-0 grow basis-64">
        <p className="break-all font-medium">{invitation.email}</p>
        <p className="flex flex-wrap gap-x-3 text-faint text-xs">
          <span>{invitation.kind === 'join' ? 'to join' : 'to choose a new password'}</span>
          <span>
            made <Time at={invitation.createdAt} />
          </span>
          <span>
            ends <Time at={invitation.expiresAt} />
          </span>
        </p>
      </div>
      <div className="flex grow flex-wrap gap-1 sm:grow-0">
        {invitation.roles.map((role) => (
          <Badge key={role} tone={role === 'admin' ? 'warning' : 'plain'}>
            {roleNames[role]}
          </Badge>
        ))}
      </div>
      <Button size="small" aria-label={`Revoke the link for ${invitation.email}`} onClick={onRevoke}>
        Revoke
      </Button>
    </li>
  );
}

/** Links that were made and not used yet. */
export function InvitationList({ onInvite }: { onInvite: () => void }) {
  const { data: invitations, error, refetch } = useQuery(invitationsQuery);
  const withdraw = useWithdraw();
  const [doomed, setDoomed] = useState<Invitation>();
  if (error) {
    return (
      <Panel>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Panel>
    );
  }
  if (!invitations) return <RowsSkeleton label="Loading the invitations" rows={2} />;
  if (invitations.length === 0) {
    return (
      <Panel>
        <EmptyState
          icon={MailPlus}
          title="No link is waiting"
          action={
            <Button variant="primary" onClick={onInvite}>
              <UserPlus aria-hidden="true" /> Invite somebody
            </Button>
          }
        >
          Invitations and links for a new password stay here until they are used, for seven days at most.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel>
      <ul className="divide-y divide-line">
        {invitations.map((invitation) => (
          <Row key={invitation.id} invitation={invitation} onRevoke={() => setDoomed(invitation)} />
        ))}
      </ul>
      <Confirm
        open={doomed !== undefined}
        onOpenChange={(open) => !open && setDoomed(undefined)}
        title={`Revoke the link for ${doomed?.email}?`}
        action="Revoke link"
        onConfirm={() => doomed && withdraw.mutate(doomed)}
      >
        Whoever has it is told that it is worth nothing any more. You can make another at any time.
      </Confirm>
    </Panel>
  );
}
