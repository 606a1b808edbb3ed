import { queryOptions } from '@tanstack/react-query';
import { client } from '../api/client.ts';

export const peopleQuery = queryOptions({ queryKey: ['people'], queryFn: () => client().people.list() });

export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: () => client().invitations.list(),
});

export const teamsQuery = queryOptions({ queryKey: ['teams'], queryFn: () => client().teams.list() });

export const signInsQuery = queryOptions({
  queryKey: ['sign-ins'],
  queryFn: () => client().session.signIns(),
});
