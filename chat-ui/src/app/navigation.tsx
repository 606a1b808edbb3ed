import { Link, useLocation } from '@tanstack/react-router';
import { BookOpen, Ellipsis, PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Logo } from '../ui/logo.tsx';
import { Menu, MenuLink } from '../ui/menu.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { sidebarCollapsed } from './commands.ts';
import { placeOf } from './places.ts';
import { useOpenPlaces } from './use-standing.ts';

const row =
  'flex h-9 items-center gap-3 rounded-lg px-2.5 font-medium transition-colors forced-colors:aria-[current=page]:underline [&_svg]:size-[1.125rem] [&_svg]:shrink-0';
const rest = 'text-muted hover:bg-neutral-soft hover:text-ink';

/** The navigation of wide screens: a column that narrows to its icons. */
export function Sidebar() {
  const narrow = sidebarCollapsed.use();
  const here = placeOf(useLocation().pathname);
  const places = useOpenPlaces();
  const label = cx('truncate', narrow && 'sr-only');
  const Fold = narrow ? PanelLeftOpen : PanelLeftClose;
  return (
    <nav
      aria-label="Main"
      className={cx(
        'sticky top-0 hidden h-dvh shrink-0 flex-col gap-1 border-line border-r p-3 transition-[width] duration-150 md:flex',
        narrow ? 'w-[3.875rem]' : 'w-56',
      )}
    >
      <Link
        to="/"
        className="mb-4 flex h-9 items-center gap-2.5 rounded-lg px-1.5 font-semibold text-[1.0625rem] tracking-tight"
      >
        <Logo />
        <span className={label}>Parlance</span>
      </Link>
      {places.map((place) => (
        <Hint key={place.to} show={narrow} label={place.title}>
          <Link
            to={place.to}
            aria-current={here === place ? 'page' : undefined}
            className={cx(row, here === place ? 'bg-accent-soft text-accent' : rest)}
          >
            <place.icon aria-hidden="true" />
            <span className={label}>{place.title}</span>
          </Link>
        </Hint>
      ))}
      <div className="mt-auto flex flex-col gap-1">
        <Hint show={narrow} label="API reference">
          <a href="/docs" className={cx(row, rest)}>
            <BookOpen aria-hidden="true" />
            <span className={label}>API reference</span>
          </a>
        </Hint>
        <Hint show={narrow} label="Widen the navigation">
          <Button
            variant="ghost"
            aria-expanded={!narrow}
            className={cx(row, rest, 'justify-start')}
            onClick={() => sidebarCollapsed.set(!narrow)}
          >
            <Fold aria-hidden="true" />
            <span className={label}>{narrow ? 'Widen the navigation' : 'Collapse'}</span>
          </Button>
        </Hint>
      </div>
    </nav>
  );
}

function Hint({ show, label, children }: { show: boolean; label: string; children: React.ReactNode }) {
  return show ? (
    <Tooltip label={label} side="right">
      {children}
    </Tooltip>
  ) : (
    children
  );
}

const thumb =
  '-outline-offset-2 flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 font-medium text-[0.6875rem]';

/** The navigation of phones, under the thumb: the places used most, and a way to the rest. */
export function BottomBar() {
  const here = placeOf(useLocation().pathname);
  const places = useOpenPlaces();
  const elsewhere = here !== undefined && !here.thumb;
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 flex border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {places
        .filter((place) => place.thumb)
        .map((place) => (
          <Link
            key={place.to}
            to={place.to}
            aria-current={here === place ? 'page' : undefined}
            className={cx(thumb, here === place ? 'text-accent' : 'text-muted')}
          >
            <place.icon className="size-5" aria-hidden="true" />
            {place.title}
          </Link>
        ))}
      <Menu
        trigger={
          <button type="button" className={cx(thumb, elsewhere ? 'text-accent' : 'text-muted')}>
            <Ellipsis className="size-5" aria-hidden="true" />
            More
          </button>
        }
      >
        {places
          .filter((place) => !place.thumb)
          .map((place) => (
            <MenuLink key={place.to} to={place.to} current={here === place}>
              <place.icon aria-hidden="true" /> {place.title}
            </MenuLink>
          ))}
        <MenuLink href="/docs">
          <BookOpen aria-hidden="true" /> API reference
        </MenuLink>
      </Menu>
    </nav>
  );
}
