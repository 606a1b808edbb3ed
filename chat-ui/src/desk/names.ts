import { queryOptions, useQuery } from '@tanstack/react-query';
import type { InboxEntry, Owner } from '#contracts';
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

/** What to call a customer who may not have said a name. */
export const customerOf = ({ customerName, customerId }: Pick<InboxEntry, 'customerName' | 'customerId'>) =>
  customerName ?? `Customer ${customerId.slice(-4).toUpperCase()}`;

/** Who speaks in a conversation, in a word or two. */
export function ownerName(owner: Owner, me: string, name: (id: string) => string): string {
  if (owner.kind === 'closed') return 'Closed';
  if (owner.kind === 'bot') return 'Bot';
  if (owner.userId) return owner.userId === me ? 'You' : name(owner.userId);
  return owner.teamId ? `For ${name(owner.teamId)}` : 'For anyone';
}
