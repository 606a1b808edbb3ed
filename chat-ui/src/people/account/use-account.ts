import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { asParlanceError, type ChangePasswordRequest, type SignIn } from '#contracts';
import { client } from '../../api/client.ts';
import { leave } from '../../api/entering.ts';
import { signInsQuery } from '../queries.ts';

const complain = (error: unknown) => toast.error(asParlanceError(error).message);

export function useChangePassword() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: ChangePasswordRequest) => client().session.changePassword(request),
    onSuccess: () => {
      toast.success('Your password is changed, and you are signed out everywhere else');
      void cache.invalidateQueries(signInsQuery);
    },
  });
}

/** Ends sign-ins of one's own elsewhere. */
export function useEndSignIns() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (doomed: SignIn[]) => Promise.all(doomed.map(({ id }) => client().session.endSignIn(id))),
    onSuccess: (_, doomed) =>
      toast.success(doomed.length === 1 ? 'Signed out there' : `Signed out in ${doomed.length} places`),
    onError: complain,
    onSettled: () => void cache.invalidateQueries(signInsQuery),
  });
}

/** Signs out here and, if asked to, everywhere. */
export function useSignOut() {
  return useMutation({
    mutationFn: async (elsewhere: SignIn[]) => {
      await Promise.all(elsewhere.map(({ id }) => client().session.endSignIn(id)));
      await leave();
    },
    onError: complain,
  });
}
