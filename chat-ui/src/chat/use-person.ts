import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { asParlanceError } from '#contracts';
import { asCustomer } from '../api/customer.ts';
import { announce } from '../ui/announcer.tsx';
import { listAgain } from './history.tsx';
import type { Thread } from './thread.ts';
import { threadKey } from './use-thread.ts';

/** Asks for a person in a conversation, which need not have begun. */
export function usePerson(id: string, onAsked?: () => void) {
  const cache = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: () =>
      asCustomer(async ({ conversations }) => {
        // Opening one that is open changes nothing.
        const language = navigator.language.slice(0, 2).toLowerCase();
        if (!cache.getQueryData<Thread>(threadKey(id))?.stored) await conversations.open({ id, language });
        return conversations.handOff(id);
      }),
    onSuccess: ({ owner }) => {
      announce('A person was asked for.');
      cache.setQueryData<Thread>(
        threadKey(id),
        (thread) => thread && { ...thread, offered: false, conversation: { ...thread.conversation, owner } },
      );
      void listAgain(cache);
      onAsked?.();
    },
    onError: (error) => toast.error(asParlanceError(error).message),
  });
  return { ask: () => mutate(), asking: isPending };
}
