import { useQuery } from '@tanstack/react-query';
import { UsersRound } from 'lucide-react';
import { useState } from 'react';
import type { Colleague } from '#contracts';
import { Avatar } from '../../people/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Input } from '../../ui/field.tsx';
import { plural } from '../../ui/format.ts';
import { SkeletonBlock } from '../../ui/skeleton.tsx';
import { colleaguesQuery } from '../names.ts';

interface TransferDialogProps {
  me: string;
  onClose: () => void;
  onChoose: (to: { userId?: string; teamId?: string }) => void;
}

const row =
  'flex min-h-12 w-full items-center gap-3 rounded-lg px-2.5 py-1.5 text-left hover:bg-accent-soft focus-visible:bg-accent-soft';

/** To whom a conversation is given: people, whom to ask first in front, and teams. */
export function TransferDialog({ me, onClose, onChoose }: TransferDialogProps) {
  const { data, error, refetch } = useQuery({ ...colleaguesQuery, refetchOnMount: 'always' });
  const [search, setSearch] = useState('');
  const matches = (name: string) => name.toLowerCase().includes(search.trim().toLowerCase());
  const colleagues = data?.colleagues.filter((each) => each.userId !== me && matches(each.name)) ?? [];
  const teams = data?.teams.filter((each) => matches(each.name)) ?? [];
  return (
    <Dialog open onOpenChange={onClose} title="Transfer the conversation">
      <Input
        type="search"
        aria-label="Find a colleague or a team"
        placeholder="Find a colleague or a team"
        value={search}
        autoFocus
        onChange={({ target }) => setSearch(target.value)}
        className="mb-3"
      />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonBlock label="Loading the colleagues" lines={4} />}
      {data && colleagues.length + teams.length === 0 && (
        <EmptyState
          icon={UsersRound}
          title={search ? 'Nobody is called that' : 'Nobody else is here'}
          className="py-8"
        >
          {!search && 'Invite colleagues and make teams under People; then they can be chosen here.'}
        </EmptyState>
      )}
      {teams.length > 0 && (
        <section className="mb-3">
          <h3 className="px-2.5 pb-1 font-medium text-faint text-xs">Teams</h3>
          <ul>
            {teams.map((team) => (
              <li key={team.id}>
                <button type="button" className={row} onClick={() => onChoose({ teamId: team.id })}>
                  <span className="grid size-9 shrink-0 place-items-center rounded-full bg-neutral-soft text-neutral">
                    <UsersRound className="size-4" aria-hidden="true" />
                  </span>
                  <span className="min-w-0 grow break-words font-medium">{team.name}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {colleagues.length > 0 && (
        <section>
          <h3 className="px-2.5 pb-1 font-medium text-faint text-xs">People</h3>
          <ul>
            {colleagues.map((each) => (
              <li key={each.userId}>
                <Person colleague={each} onChoose={() => onChoose({ userId: each.userId })} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </Dialog>
  );
}

function Person({ colleague, onChoose }: { colleague: Colleague; onChoose: () => void }) {
  const { name, availability, open } = colleague;
  return (
    <button type="button" className={row} onClick={onChoose}>
      <Avatar name={name} />
      <span className="min-w-0 grow">
        <span className="block break-words font-medium">{name}</span>
        <span className="figures block text-faint text-xs">{plural(open, 'conversation')} now</span>
      </span>
      <Badge tone={availability === 'available' ? 'good' : 'plain'}>
        {availability === 'available' ? 'Available' : 'Away'}
      </Badge>
    </button>
  );
}
