import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { type ApiKey, asParlanceError, type CreateKeyRequest } from '#contracts';
import { client } from '../api/client.ts';
import { auditQuery, keysQuery } from '../api/queries.ts';

function useRefresh() {
  const cache = useQueryClient();
  return () => {
    void cache.invalidateQueries(keysQuery);
    void cache.invalidateQueries({ queryKey: auditQuery.queryKey });
  };
}

export function useCreateKey() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (request: Partial<CreateKeyRequest> & { name: string }) => client().keys.create(request),
    onSuccess: refresh,
    // The secret lives in the answer: it must not outlast the dialog that shows it.
    gcTime: 0,
  });
}

export function useRevokeKey() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (key: ApiKey) => client().keys.revoke(key.id),
    onSuccess: (_, key) => {
      toast.success(`Revoked “${key.name}”`);
      refresh();
    },
    onError: (error) => toast.error(asParlanceError(error).message),
  });
}
