import { queryOptions, useQuery } from '@tanstack/react-query';
import { client } from '../api/client.ts';

export const colleaguesQuery = queryOptions({
  queryKey: ['desk', 'colleagues'],
  queryFn: () => client().desk.colleagues(),
  staleTime: 30_000,
});

/** The name of a person or a team of the desk by id. */
export function useNames(me: string): (id: string) => string {
  const { data } = useQuery(colleaguesQuery);
  return (id) =>
    data?.colleagues.find((each) => each.userId === id)?.name ??
    data?.teams.find((each) => each.id === id)?.name ??
    (id === me ? 'You' : 'A colleague');
}
