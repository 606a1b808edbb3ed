import { useEffect } from 'react';
import { type Command, pageCommands } from '../app/commands.ts';

/** Moves the focus through the list: from the entry that has it, else from the open one, else from the top. */
function step(by: 1 | -1): void {
  const entries = [...document.querySelectorAll<HTMLElement>('[data-entry]')];
  const here = entries.indexOf(document.activeElement as HTMLElement);
  const at = here >= 0 ? here : entries.findIndex((entry) => entry.getAttribute('aria-current') === 'true');
  const next = entries[at < 0 ? 0 : Math.min(entries.length - 1, Math.max(0, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

const commands: Command[] = [
  { id: 'next', title: 'Next conversation', keys: ['J'], press: 'j', repeats: true, run: () => step(1) },
  {
    id: 'previous',
    title: 'Previous conversation',
    keys: ['K'],
    press: 'k',
    repeats: true,
    run: () => step(-1),
  },
  {
    id: 'search',
    title: 'Search conversations',
    keys: ['/'],
    press: '/',
    run: () => document.querySelector<HTMLElement>('main input[type=search]')?.focus(),
  },
];

/** The keys of the list. Enter needs none: an entry is a link. */
export function useDeskKeys(): void {
  useEffect(() => {
    pageCommands.set([...commands, ...pageCommands.get()]);
    return () => pageCommands.set(pageCommands.get().filter((command) => !commands.includes(command)));
  }, []);
}
