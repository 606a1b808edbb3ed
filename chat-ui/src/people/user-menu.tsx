import { Link } from '@tanstack/react-router';
import { KeyRound, LogIn, LogOut, UserRound } from 'lucide-react';
import { signInNeeded } from '../api/session.ts';
import { useSession } from '../api/use-session.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Menu, MenuItem, MenuLabel, MenuLink, MenuSeparator } from '../ui/menu.tsx';
import { useSignOut } from './account/use-account.ts';
import { Avatar } from './avatar.tsx';
import { roleNames } from './roles.ts';

/** Who is signed in, what they decide about themselves, and the way out. */
export function UserMenu() {
  const session = useSession();
  const signOut = useSignOut();
  if (!session || session.kind === 'customer') return null;
  // The chat is open to customers; those who work here get in from there too.
  if (session.kind === 'none') {
    return (
      <Link to="/" className={buttonClass('secondary', 'small')}>
        Sign in
      </Link>
    );
  }
  const { kind, user } = session;
  const name = user?.name ?? 'API key';
  return (
    <Menu
      trigger={
        <Button variant="ghost" aria-label={`Signed in as ${name}`} className="max-w-44 gap-2 px-1.5">
          {user ? (
            <Avatar name={name} className="size-7 text-[0.6875rem]" />
          ) : (
            <span className="grid size-7 place-items-center rounded-full bg-neutral-soft">
              <KeyRound aria-hidden="true" />
            </span>
          )}
          <span className="hidden truncate pr-1 text-ink lg:inline">{name}</span>
        </Button>
      }
    >
      <MenuLabel>
        <span className="block max-w-60 truncate font-medium text-ink text-sm">{name}</span>
        <span className="block max-w-60 truncate">{user?.email ?? whence[kind]}</span>
        {user && <span className="block">{user.roles.map((role) => roleNames[role]).join(', ')}</span>}
      </MenuLabel>
      <MenuSeparator />
      <MenuLink to="/account">
        <UserRound aria-hidden="true" /> My account
      </MenuLink>
      {kind === 'local' ? (
        <MenuItem onSelect={() => signInNeeded.set(true)}>
          <LogIn aria-hidden="true" /> Sign in as somebody else
        </MenuItem>
      ) : (
        <MenuItem onSelect={() => signOut.mutate([])}>
          <LogOut aria-hidden="true" /> {kind === 'key' ? 'Forget the key' : 'Sign out'}
        </MenuItem>
      )}
    </Menu>
  );
}

const whence = { local: 'At this machine, without signing in', key: 'Of this browser tab', user: '' };
