import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plus, UserPlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { pageCommands } from '../app/commands.ts';
import { Page } from '../app/page.tsx';
import { Button } from '../ui/button.tsx';
import { TabList, TabPanel, Tabs } from '../ui/tabs.tsx';
import { InvitationList } from './invitation-list.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { PersonList } from './person-list.tsx';
import { type PeopleSearch, peopleSearch } from './search.ts';
import { TeamDialog } from './team-form.tsx';
import { TeamList } from './team-list.tsx';

const tabs = [
  { value: 'people', label: 'People' },
  { value: 'invitations', label: 'Invitations' },
  { value: 'teams', label: 'Teams' },
];

export function PeoplePage() {
  const search = useSearch({ from: '/people' });
  const navigate = useNavigate({ from: '/people' });
  const [newTeam, setNewTeam] = useState(false);
  const update = (change: PeopleSearch) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const invite = () => update({ invite: true });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the commands only navigate
  useEffect(() => {
    pageCommands.set([
      { id: 'invite', title: 'Invite somebody', run: invite },
      { id: 'teams', title: 'Show the teams', run: () => update({ tab: 'teams' }) },
    ]);
    return () => pageCommands.set([]);
  }, []);
  const onTeams = search.tab === 'teams';
  return (
    <Page
      intro="Those who work here: what each may do, and in which teams they answer customers."
      actions={
        <Button variant="primary" onClick={onTeams ? () => setNewTeam(true) : invite}>
          {onTeams ? <Plus aria-hidden="true" /> : <UserPlus aria-hidden="true" />}
          {onTeams ? 'New team' : 'Invite'}
        </Button>
      }
    >
      <Tabs value={search.tab ?? 'people'} onChange={(tab) => update(peopleSearch({ tab }))}>
        <TabList label="People, invitations and teams" tabs={tabs} className="-ml-2.5 mb-5" />
        <TabPanel value="people">
          <PersonList onInvite={invite} />
        </TabPanel>
        <TabPanel value="invitations">
          <InvitationList onInvite={invite} />
        </TabPanel>
        <TabPanel value="teams">
          <TeamList onNew={() => setNewTeam(true)} />
        </TabPanel>
      </Tabs>
      {search.invite && <InviteDialog onClose={() => update({ invite: undefined })} />}
      {newTeam && <TeamDialog team={undefined} onClose={() => setNewTeam(false)} />}
    </Page>
  );
}
