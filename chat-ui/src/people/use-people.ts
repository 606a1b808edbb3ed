import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import {
  asParlanceError,
  type ChangeUserRequest,
  type Invitation,
  type InviteRequest,
  type User,
} from '#contracts';
import { client } from '../api/client.ts';
import { sessionQuery } from '../api/queries.ts';
import { invitationsQuery, peopleQuery } from './queries.ts';

const complain = (error: unknown) => toast.error(asParlanceError(error).message);

function useRefresh() {
  const cache = useQueryClient();
  return (...keys: QueryKey[]) => {
    for (const queryKey of keys) void cache.invalidateQueries({ queryKey });
  };
}

export function useInvite() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (request: InviteRequest) => client().invitations.create(request),
    onSuccess: () => refresh(invitationsQuery.queryKey),
    // The link lives in the answer: it must not outlast the dialog that shows it.
    gcTime: 0,
  });
}

export function useWithdraw() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (invitation: Invitation) => client().invitations.withdraw(invitation.id),
    onSuccess: (_, { email }) => {
      toast.success(`The link for ${email} is worth nothing any more`);
      refresh(invitationsQuery.queryKey);
    },
    onError: complain,
  });
}

/** Changes a person; what went wrong is for the caller to show, beside the field it concerns. */
export function useChangeUser() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ user, change }: { user: User; change: ChangeUserRequest }) =>
      client().people.change(user.id, change),
    onSuccess: () => refresh(peopleQuery.queryKey, sessionQuery.queryKey),
  });
}

/** Lets somebody in no longer, or again. */
export function useDisable() {
  const change = useChangeUser();
  return (user: User, disabled: boolean) =>
    change.mutate(
      { user, change: { disabled } },
      {
        onSuccess: () =>
          toast.success(disabled ? `${user.name} cannot sign in any more` : `${user.name} can sign in again`),
        onError: complain,
      },
    );
}

export function useResetPassword() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (user: User) => client().people.resetPassword(user.id),
    onSuccess: () => refresh(invitationsQuery.queryKey),
    onError: complain,
    gcTime: 0,
  });
}
