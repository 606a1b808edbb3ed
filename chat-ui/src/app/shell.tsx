import { Outlet, useLocation } from '@tanstack/react-router';
import { Tooltip } from 'radix-ui';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { Toaster } from 'sonner';
import { patiently, watchConnection } from '../api/connection.ts';
import { cx } from '../ui/cx.ts';
import { paletteOpen, shortcutsOpen } from './commands.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { BottomBar, Sidebar } from './navigation.tsx';
import { NotAllowed } from './not-allowed.tsx';
import { placeOf, titleOf } from './places.ts';
import { SignIn } from './sign-in.tsx';
import { isDark, theme } from './theme.ts';
import { TopBar } from './top-bar.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import { useStanding } from './use-standing.ts';

/** Where people write at the bottom, a notice there would cover what they write. */
const phone = window.matchMedia('(max-width: 600px)');

const Palette = lazy(() => patiently(() => import('./palette.tsx')));
const Shortcuts = lazy(() => patiently(() => import('./shortcuts.tsx')));

/** Everything around the page in view. */
export function Shell() {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const shown = useRef<string>(undefined);
  const standing = useStanding(pathname);
  useShortcuts();
  useEffect(watchConnection, []);
  useEffect(() => {
    document.title = `${standing === 'out' ? 'Sign in' : (titleOf(pathname) ?? 'Not found')} · Parlance`;
  }, [pathname, standing]);
  useEffect(() => {
    // A keyboard or screen-reader visitor starts at the top of the new page, not in the old one's remains.
    // Within one page, such as from conversation to conversation, the page itself knows where the focus belongs.
    const place = placeOf(pathname)?.fill ? placeOf(pathname)?.to : pathname;
    if (shown.current !== place) main.current?.focus({ preventScroll: true });
    shown.current = place;
  }, [pathname]);
  theme.use();
  // Who is not in yet is led nowhere else.
  const alone = standing === 'out' || standing === 'invited';
  const place = placeOf(pathname);
  const fill = (!alone && place?.fill) || undefined;
  return (
    <Tooltip.Provider delayDuration={350}>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-lg focus:bg-accent focus:px-4 focus:py-2 focus:text-accent-ink"
      >
        Skip to the content
      </a>
      <div data-fill={fill} className={cx('flex', fill ? 'h-dvh overflow-hidden' : 'min-h-dvh')}>
        {!alone && <Sidebar />}
        <div
          className={cx(
            'flex min-w-0 grow flex-col',
            !alone && 'pb-[calc(3.5rem+env(safe-area-inset-bottom))] md:pb-0',
          )}
        >
          {!alone && <TopBar />}
          <ConnectionBanner />
          <main
            id="main"
            ref={main}
            tabIndex={-1}
            className={cx('min-w-0 grow outline-none', fill && 'min-h-0 overflow-y-auto')}
          >
            {standing === 'out' ? (
              <SignIn />
            ) : standing === 'not-allowed' ? (
              <NotAllowed place={place} />
            ) : (
              <Outlet />
            )}
          </main>
        </div>
      </div>
      {!alone && <BottomBar />}
      <Suspense>
        {paletteOpen.use() && <Palette />}
        {shortcutsOpen.use() && <Shortcuts />}
      </Suspense>
      <Toaster
        theme={isDark() ? 'dark' : 'light'}
        position={phone.matches ? 'top-center' : 'bottom-left'}
        mobileOffset={{ top: 64 }}
      />
    </Tooltip.Provider>
  );
}
