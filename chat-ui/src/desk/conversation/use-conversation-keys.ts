import { useEffect, useRef } from 'react';
import type { InboxEntry } from '#contracts';
import { type Command, pageCommands } from '../../app/commands.ts';
import type { DraftKind } from '../drafts.ts';
import type { Actions } from './use-actions.ts';

interface KeySettings {
  entry: InboxEntry;
  me: string;
  actions: Actions;
  write: (kind: DraftKind) => void;
}

/** What the palette and single keys do with the conversation in view. */
export function useConversationKeys(settings: KeySettings): void {
  const latest = useRef(settings);
  latest.current = settings;
  const { owner } = settings.entry;
  const mine = owner.kind === 'human' && owner.userId === settings.me;
  useEffect(() => {
    const now = () => latest.current;
    const write = (kind: DraftKind) => () => now().write(kind);
    const closed = owner.kind === 'closed';
    const commands: (Command | false)[] = [
      { id: 'reply', title: 'Reply', keys: ['R'], press: 'r', run: write('reply') },
      { id: 'note', title: 'Write a note', keys: ['N'], press: 'n', run: write('note') },
      !mine &&
        !closed && {
          id: 'take',
          title: 'Take over',
          keys: ['T'],
          press: 't',
          run: () => now().actions.take(),
        },
      !closed && {
        id: 'resolve',
        title: 'Resolve and go to the next',
        keys: ['E'],
        press: 'e',
        run: () => void now().actions.resolve(),
      },
      !closed && { id: 'transfer', title: 'Transfer', run: () => now().actions.transfer() },
      !closed &&
        owner.kind === 'human' && {
          id: 'release',
          title: 'Return to the bot',
          run: () => now().actions.release(),
        },
      !closed && { id: 'close', title: 'Close and stay', run: () => now().actions.close() },
      closed && { id: 'reopen', title: 'Reopen', run: () => now().actions.reopen() },
    ];
    const added = commands.filter((command) => command !== false);
    pageCommands.set([...pageCommands.get(), ...added]);
    return () => pageCommands.set(pageCommands.get().filter((command) => !added.includes(command)));
  }, [owner.kind, mine]);
}
