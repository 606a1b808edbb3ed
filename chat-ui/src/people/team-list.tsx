import { useQuery } from '@tanstack/react-query';
import { Plus, UsersRound } from 'lucide-react';
import { useState } from 'react';
import type { Team, User } from '#contracts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { RowsSkeleton } from '../ui/rows-skeleton.tsx';
import { Avatar } from './avatar.tsx';
import { peopleQuery, teamsQuery } from './queries.ts';
import { TeamDialog } from './team-form.tsx';
import { useRemoveTeam } from './use-teams.ts';

const shownMembers = 5;

function Members({ members }: { members: User[] }) {
  if (members.length === 0) return <p className="text-faint text-xs">Nobody is in it yet</p>;
  const more = members.length - shownMembers;
  return (
    <div className="flex items-center gap-2.5">
      <span className="-space-x-1.5 flex">
        {members.slice(0, shownMembers).map((member) => (
          <Avatar key={member.id} name={member.name} className="size-6 text-[0.625rem] ring-2 ring-surface" />
        ))}
      </span>
      <p className="min-w-0 text-muted text-xs">
        {members
          .slice(0, shownMembers)
          .map((member) => member.name)
          .join(', ')}
        {more > 0 && ` and ${more} more`}
      </p>
    </div>
  );
}

/** Teams, to which conversations can be handed. */
export function TeamList({ onNew }: { onNew: () => void }) {
  const { data: teams, error, refetch } = useQuery(teamsQuery);
  const people = useQuery(peopleQuery).data ?? [];
  const remove = useRemoveTeam();
  const [renamed, setRenamed] = useState<Team>();
  const [doomed, setDoomed] = useState<Team>();
  if (error) {
    return (
      <Panel>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Panel>
    );
  }
  if (!teams) return <RowsSkeleton label="Loading the teams" rows={2} />;
  if (teams.length === 0) {
    return (
      <Panel>
        <EmptyState
          icon={UsersRound}
          title="No teams yet"
          action={
            <Button variant="primary" onClick={onNew}>
              <Plus aria-hidden="true" /> New team
            </Button>
          }
        >
          A conversation can be handed to a team instead of a person: whoever of it is free takes it.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel>
      <ul className="divide-y divide-line">
        {teams.map((team) => (
          <li key={team.id} className="flex flex-wrap items-center gap-x-6 gap-y-3 px-4 py-3.5 sm:px-5">
            <div className="min-w-0 grow basis-64 space-y-1.5">
              <p className="break-words font-medium">{team.name}</p>
              <Members
                members={people.filter((user) => !user.disabledAt && user.teamIds.includes(team.id))}
              />
            </div>
            <div className="flex gap-2">
              <Button size="small" aria-label={`Rename “${team.name}”`} onClick={() => setRenamed(team)}>
                Rename
              </Button>
              <Button size="small" aria-label={`Delete “${team.name}”`} onClick={() => setDoomed(team)}>
                Delete
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {renamed && <TeamDialog team={renamed} onClose={() => setRenamed(undefined)} />}
      <Confirm
        open={doomed !== undefined}
        onOpenChange={(open) => !open && setDoomed(undefined)}
        title={`Delete “${doomed?.name}”?`}
        action="Delete team"
        onConfirm={() => doomed && remove.mutate(doomed)}
      >
        Its members stay. Conversations that wait for it must be handed to somebody first.
      </Confirm>
    </Panel>
  );
}
