import { useLocation } from '@tanstack/react-router';
import { Keyboard, Moon, Search, Sun } from 'lucide-react';
import { UserMenu } from '../people/user-menu.tsx';
import { Button } from '../ui/button.tsx';
import { Kbd, modifierKey } from '../ui/kbd.tsx';
import { Logo } from '../ui/logo.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { paletteOpen, shortcutsOpen } from './commands.ts';
import { titleOf } from './places.ts';
import { isDark, theme, toggleTheme } from './theme.ts';

export function TopBar() {
  const title = titleOf(useLocation().pathname);
  theme.use();
  const Mode = isDark() ? Sun : Moon;
  return (
    <header className="sticky top-0 z-20 flex h-14 shrink-0 items-center gap-2 border-line border-b bg-canvas px-4 sm:px-6">
      <Logo className="size-6 md:hidden" />
      <h1 className="mr-auto truncate font-semibold text-base tracking-tight">{title ?? 'Not found'}</h1>
      <Button
        onClick={() => paletteOpen.set(true)}
        className="hidden w-56 justify-start bg-surface font-normal text-faint sm:inline-flex"
      >
        <Search aria-hidden="true" />
        <span className="mr-auto">Go to or do…</span>
        <span className="flex gap-1" aria-hidden="true">
          <Kbd>{modifierKey}</Kbd>
          <Kbd>K</Kbd>
        </span>
      </Button>
      <Button
        variant="ghost"
        size="icon"
        aria-label="Command palette"
        className="sm:hidden"
        onClick={() => paletteOpen.set(true)}
      >
        <Search aria-hidden="true" />
      </Button>
      <Tooltip label="Keyboard shortcuts">
        <Button
          variant="ghost"
          size="icon"
          aria-label="Keyboard shortcuts"
          className="hidden sm:inline-flex"
          onClick={() => shortcutsOpen.set(true)}
        >
          <Keyboard aria-hidden="true" />
        </Button>
      </Tooltip>
      <Tooltip label={isDark() ? 'Light theme' : 'Dark theme'}>
        <Button
          variant="ghost"
          size="icon"
          aria-label={isDark() ? 'Light theme' : 'Dark theme'}
          onClick={toggleTheme}
        >
          <Mode aria-hidden="true" />
        </Button>
      </Tooltip>
      <UserMenu />
    </header>
  );
}
