import { useEffect, useRef } from 'react';
import { type Command, pageCommands } from '../../../app/commands.ts';
import type { Offered } from '../scale.ts';
import type { Judging } from './judging.ts';

interface KeySettings {
  judging: Judging;
  offered: Offered[];
  pairs: boolean;
  onComment: () => void;
  onGuideline: () => void;
  onMark: () => void;
  onLeave: () => void;
}

/** What keys do while somebody judges: a digit chooses, letters do the rest. */
export function useJudgingKeys(settings: KeySettings): void {
  const latest = useRef(settings);
  latest.current = settings;
  const { judging, offered, pairs } = settings;
  useEffect(() => {
    const now = () => latest.current;
    const commands: Command[] = [
      ...offered.map(({ choice, label, key }) => ({
        id: `choose-${choice}`,
        title: `Choose ${label}`,
        ...(key && { keys: [key], press: key }),
        run: () => judging.choose(choice),
      })),
      { id: 'comment', title: 'Comment', keys: ['C'], press: 'c', run: () => now().onComment() },
      { id: 'skip', title: 'Skip', keys: ['S'], press: 's', run: () => judging.skip() },
      { id: 'undo', title: 'Go back to the last one', keys: ['U'], press: 'u', run: () => judging.undo() },
      { id: 'guideline', title: 'Guideline', keys: ['G'], press: 'g', run: () => now().onGuideline() },
      ...(pairs
        ? [{ id: 'mark', title: 'Mark differences', keys: ['M'], press: 'm', run: () => now().onMark() }]
        : []),
      { id: 'leave', title: 'Leave the judging', keys: ['Q'], press: 'q', run: () => now().onLeave() },
    ];
    pageCommands.set(commands);
    return () => pageCommands.set([]);
  }, [judging, offered, pairs]);
}
