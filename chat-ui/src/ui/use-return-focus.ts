import { useRef } from 'react';

/**
 * For a dialog without a trigger of its own: gives the focus back to whatever had it before. Radix only knows triggers, and
 * leaves whoever uses the keyboard at the top of the page.
 */
export function useReturnFocus(open: boolean) {
  const before = useRef<HTMLElement>(null);
  const opened = useRef(false);
  // While rendering: a field with `autoFocus` has the focus before any event tells of the opening.
  if (open && !opened.current) before.current = holder();
  opened.current = open;
  return {
    onCloseAutoFocus: (event: Event) => {
      if (!before.current?.isConnected) return;
      event.preventDefault();
      before.current.focus();
    },
  };
}

/** What has the focus and will stay: an item of a menu goes with its menu, the button that opened it does not. */
function holder(): HTMLElement | null {
  const active = document.activeElement;
  const menu = active?.closest('[role=menu]');
  if (menu) return document.getElementById(menu.getAttribute('aria-labelledby') ?? '');
  return active instanceof HTMLElement ? active : null;
}
