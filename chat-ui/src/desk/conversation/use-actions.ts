import { useState } from 'react';
import { toast } from 'sonner';
import type { InboxEntry } from '#contracts';
import { useCommands } from '../use-commands.ts';
import { customerOf } from '../whose.ts';

/** Which dialog is asked before a command. */
export type Asking = 'transfer' | 'take' | null;

interface ActionSettings {
  entry: InboxEntry;
  me: string;
  /** Something about whose it is has changed by this agent's own hand. */
  onDone: () => void;
  /** Whoever takes over goes on to write. */
  onTake: () => void;
  /** Leads to the conversation after this one. */
  onNext: () => void;
}

/** The commands of a conversation as buttons, keys and palette give them. */
export function useActions({ entry, me, onDone, onTake, onNext }: ActionSettings) {
  const [asking, setAsking] = useState<Asking>(null);
  const { run, busy } = useCommands(entry.id, onDone);
  const { owner } = entry;
  const theirs = owner.kind === 'human' && owner.userId !== null && owner.userId !== me;
  return {
    busy,
    asking,
    theirs,
    stopAsking: () => setAsking(null),
    take: () => {
      if (theirs) return setAsking('take');
      // At once: keys typed meanwhile belong to the reply, and would be commands outside it.
      onTake();
      void run({ kind: 'take' });
    },
    takeFrom: async (reason: string) => {
      setAsking(null);
      if (await run({ kind: 'take', from: owner.userId ?? undefined, reason })) onTake();
    },
    transfer: () => setAsking('transfer'),
    transferTo: (to: { userId?: string; teamId?: string }) => {
      setAsking(null);
      void run({ kind: 'transfer', ...to });
    },
    release: () => void run({ kind: 'release' }),
    close: () => void run({ kind: 'close' }),
    reopen: () => void run({ kind: 'reopen' }),
    resolve: async () => {
      if (busy || !(await run({ kind: 'close' }))) return;
      toast.success(`${customerOf(entry)}: resolved`, {
        action: { label: 'Undo', onClick: () => void run({ kind: 'reopen' }) },
      });
      onNext();
    },
  };
}

export type Actions = ReturnType<typeof useActions>;
