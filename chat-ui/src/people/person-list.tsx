import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { User } from '#contracts';
import { useSession } from '../api/use-session.ts';
import { Button } from '../ui/button.tsx';
import { Confirm, Dialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { RowsSkeleton } from '../ui/rows-skeleton.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { LinkOnce } from './link-once.tsx';
import { PersonRow } from './person-row.tsx';
import { peopleQuery, teamsQuery } from './queries.ts';
import { isLastAdmin, whyNotDisabled } from './rules.ts';
import { useDisable, useResetPassword } from './use-people.ts';

/** Everybody who works here, those who were disabled at the end. */
export function PersonList({ onInvite }: { onInvite: () => void }) {
  const { data: users, error, refetch } = useQuery(peopleQuery);
  const teams = useQuery(teamsQuery).data ?? [];
  const self = useSession()?.user?.id;
  const disable = useDisable();
  const reset = useResetPassword();
  const [edited, setEdited] = useState<User>();
  const [doomed, setDoomed] = useState<User>();
  if (error) {
    return (
      <Panel>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Panel>
    );
  }
  if (!users) return <RowsSkeleton label="Loading the people" />;
  const ordered = [...users].sort((a, b) => Number(a.disabledAt !== null) - Number(b.disabledAt !== null));
  const alone = users.every((user) => user.email === null);
  return (
    <>
      <Panel>
        <ul className="divide-y divide-line">
          {ordered.map((user) => (
            <PersonRow
              key={user.id}
              user={user}
              teams={teams}
              you={user.id === self}
              lastAdmin={isLastAdmin(user, users)}
              kept={whyNotDisabled(user, users, self)}
              onEdit={() => setEdited(user)}
              onReset={() => reset.mutate(user)}
              onDisable={(disabled) => (disabled ? setDoomed(user) : disable(user, false))}
            />
          ))}
        </ul>
        {alone && (
          <EmptyState
            icon={UserPlus}
            title="Nobody else yet"
            className={users.length > 0 ? 'border-line border-t' : undefined}
            action={
              <Button variant="primary" onClick={onInvite}>
                <UserPlus aria-hidden="true" /> Invite somebody
              </Button>
            }
          >
            Invite those who answer customers. Each gets a link, chooses a password and signs in with it once
            this server asks for one (<code className="font-mono text-[0.8125rem]">PARLANCE_AUTH=keys</code>).
          </EmptyState>
        )}
      </Panel>
      {edited && <EditDialog user={edited} users={users} onClose={() => setEdited(undefined)} />}
      {reset.data && (
        <Dialog open sticky onOpenChange={reset.reset} title={`New password for ${reset.data.email}`}>
          <LinkOnce created={reset.data} onDone={reset.reset} />
        </Dialog>
      )}
      <Confirm
        open={doomed !== undefined}
        onOpenChange={(open) => !open && setDoomed(undefined)}
        title={`Disable ${doomed?.name}?`}
        action="Disable"
        onConfirm={() => doomed && disable(doomed, true)}
      >
        They are signed out everywhere and cannot sign in. What they wrote keeps their name, and you can
        enable them again.
      </Confirm>
    </>
  );
}
