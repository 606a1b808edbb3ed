import { useEffect } from 'react';
import { type Command, pageCommands } from '../app/commands.ts';

/** Moves the focus through whatever is marked with `data-entry`: from the one that has it, else from the top. */
function step(by: 1 | -1): void {
  const entries = [...document.querySelectorAll<HTMLElement>('main [data-entry]')];
  const here = entries.indexOf(document.activeElement as HTMLElement);
  const next = entries[here < 0 ? 0 : Math.min(entries.length - 1, Math.max(0, here + by))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

/**
 * The keys of a page with a list: J and K through what is marked with `data-entry`, and the commands that are given. Enter needs
 * none, an entry is a link or a button.
 */
export function useSteps(what: string, commands: Command[]): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the commands are told apart by their names
  useEffect(() => {
    pageCommands.set([
      ...commands,
      { id: 'next', title: `Next ${what}`, keys: ['J'], press: 'j', repeats: true, run: () => step(1) },
      {
        id: 'previous',
        title: `Previous ${what}`,
        keys: ['K'],
        press: 'k',
        repeats: true,
        run: () => step(-1),
      },
    ]);
    return () => pageCommands.set([]);
  }, [what, commands.map(({ id }) => id).join(' ')]);
}
