import type { ReactNode } from 'react';

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-grid min-w-5 place-items-center rounded border border-line bg-sunken px-1 font-medium font-sans text-[0.6875rem] text-muted leading-[1.125rem]">
      {children}
    </kbd>
  );
}

const apple = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The modifier of this machine's shortcuts, as its keyboard names it. */
export const modifierKey = apple ? '⌘' : 'Ctrl';
