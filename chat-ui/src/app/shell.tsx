import { Outlet, useLocation } from '@tanstack/react-router';
import { Tooltip } from 'radix-ui';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { Toaster } from 'sonner';
import { patiently, watchConnection } from '../api/connection.ts';
import { signInNeeded } from '../api/session.ts';
import { paletteOpen, shortcutsOpen } from './commands.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { BottomBar, Sidebar } from './navigation.tsx';
import { placeOf } from './places.ts';
import { SignIn } from './sign-in.tsx';
import { isDark, theme } from './theme.ts';
import { TopBar } from './top-bar.tsx';
import { useShortcuts } from './use-shortcuts.ts';

const Palette = lazy(() => patiently(() => import('./palette.tsx')));
const Shortcuts = lazy(() => patiently(() => import('./shortcuts.tsx')));

/** Everything around the page in view. */
export function Shell() {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(pathname);
  useShortcuts();
  useEffect(watchConnection, []);
  useEffect(() => {
    document.title = `${placeOf(pathname)?.title ?? 'Not found'} · Parlance`;
    // A keyboard or screen-reader visitor starts at the top of the new page, not in the old one's remains.
    if (shown.current !== pathname) main.current?.focus({ preventScroll: true });
    shown.current = pathname;
  }, [pathname]);
  theme.use();
  return (
    <Tooltip.Provider delayDuration={350}>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-lg focus:bg-accent focus:px-4 focus:py-2 focus:text-accent-ink"
      >
        Skip to the content
      </a>
      <div className="flex min-h-dvh">
        <Sidebar />
        <div className="flex min-w-0 grow flex-col pb-[calc(3.5rem+env(safe-area-inset-bottom))] md:pb-0">
          <TopBar />
          <ConnectionBanner />
          <main id="main" ref={main} tabIndex={-1} className="min-w-0 grow outline-none">
            {signInNeeded.use() ? <SignIn /> : <Outlet />}
          </main>
        </div>
      </div>
      <BottomBar />
      <Suspense>
        {paletteOpen.use() && <Palette />}
        {shortcutsOpen.use() && <Shortcuts />}
      </Suspense>
      <Toaster theme={isDark() ? 'dark' : 'light'} position="bottom-right" mobileOffset={{ bottom: 72 }} />
    </Tooltip.Provider>
  );
}
