import { useRef } from 'react';

/**
 * For a dialog without a trigger of its own: gives the focus back to whatever had it before. Radix only knows triggers, and
 * leaves whoever uses the keyboard at the top of the page.
 */
export function useReturnFocus() {
  const before = useRef<HTMLElement>(null);
  return {
    onOpenAutoFocus: () => {
      const active = document.activeElement instanceof HTMLElement ? document.activeElement : null;
      // An item of a menu goes with its menu: the button that opened it stays.
      const menu = active?.closest('[role=menu]');
      before.current = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : active;
    },
    onCloseAutoFocus: (event: Event) => {
      if (!before.current?.isConnected) return;
      event.preventDefault();
      before.current.focus();
    },
  };
}
