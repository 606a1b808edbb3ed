import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { pageCommands, paletteOpen, shortcutsOpen, sidebarCollapsed } from './commands.ts';
import { places } from './places.ts';
import { toggleTheme } from './theme.ts';

const sequenceMs = 1200;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

/** The keyboard map of the whole app. Single letters do nothing while someone types or a dialog is open. */
export function useShortcuts(): void {
  const navigate = useNavigate();
  useEffect(() => {
    let wentAt = Number.NEGATIVE_INFINITY;
    const onKeyDown = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        paletteOpen.set(!paletteOpen.get());
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      // Its code may still be on its way: what is typed is for it all the same, and must not do anything here.
      if (paletteOpen.get() || shortcutsOpen.get()) return;
      if (document.querySelector('[role=dialog],[role=alertdialog],[role=menu]')) return;
      if (event.timeStamp - wentAt < sequenceMs) {
        wentAt = Number.NEGATIVE_INFINITY;
        const place = places.find((each) => each.shortcut === event.key);
        if (place) void navigate({ to: place.to });
        return;
      }
      const command = pageCommands.get().find((each) => each.press === event.key.toLowerCase());
      if (command) {
        event.preventDefault();
        // Held down, a key that does something must not do it again and again.
        if (!event.repeat || command.repeats) command.run();
      } else if (event.key === 'g') wentAt = event.timeStamp;
      else if (event.key === '?') shortcutsOpen.set(true);
      else if (event.key === 'd') toggleTheme();
      else if (event.key === '[') sidebarCollapsed.set(!sidebarCollapsed.get());
      else if (event.key === '/') {
        event.preventDefault();
        document.querySelector<HTMLElement>('main textarea, main input:not([type=file])')?.focus();
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [navigate]);
}
