import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { asParlanceError, type Team } from '#contracts';
import { client } from '../api/client.ts';
import { peopleQuery, teamsQuery } from './queries.ts';

function useRefresh() {
  const cache = useQueryClient();
  return () => {
    void cache.invalidateQueries(teamsQuery);
    void cache.invalidateQueries(peopleQuery);
  };
}

/** Makes a team, or renames the one with an id. */
export function useSaveTeam() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, name }: { id: string | undefined; name: string }) =>
      id === undefined ? client().teams.create({ name }) : client().teams.rename(id, { name }),
    onSuccess: refresh,
  });
}

export function useRemoveTeam() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (team: Team) => client().teams.remove(team.id),
    onSuccess: (_, { name }) => {
      toast.success(`Removed the team “${name}”`);
      refresh();
    },
    onError: (error) => toast.error(asParlanceError(error).message),
  });
}
