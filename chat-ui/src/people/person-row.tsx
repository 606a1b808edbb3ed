import { Ban, Ellipsis, KeyRound, ShieldCheck, UserRoundPen } from 'lucide-react';
import type { Team, User } from '#contracts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../ui/menu.tsx';
import { Time } from '../ui/time.tsx';
import { Avatar } from './avatar.tsx';
import { roleNames } from './roles.ts';

export interface PersonRowProps {
  user: User;
  teams: Team[];
  you: boolean;
  lastAdmin: boolean;
  /** Why they cannot be disabled. */
  kept: string | null;
  onEdit: () => void;
  onReset: () => void;
  onDisable: (disabled: boolean) => void;
}

function Availability({ user }: { user: User }) {
  if (user.disabledAt) {
    return (
      <span className="text-faint text-xs">
        disabled <Time at={user.disabledAt} />
      </span>
    );
  }
  if (!user.roles.includes('agent')) return null;
  const here = user.availability === 'available';
  return (
    <span className="inline-flex items-center gap-1.5 text-muted text-xs">
      <span
        aria-hidden="true"
        className={cx('size-2 rounded-full', here ? 'bg-positive' : 'border-[1.5px] border-line-strong')}
      />
      {here ? 'Available' : 'Away'}
    </span>
  );
}

export function PersonRow({ user, teams, you, lastAdmin, kept, onEdit, onReset, onDisable }: PersonRowProps) {
  const disabled = user.disabledAt !== null;
  const names = teams.filter((team) => user.teamIds.includes(team.id)).map((team) => team.name);
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3.5 gap-y-2 px-4 py-3 sm:px-5 lg:grid-cols-[auto_minmax(0,1.4fr)_minmax(0,1fr)_minmax(0,1fr)_6.5rem_auto]">
      <Avatar name={user.name} className={cx(disabled && 'bg-neutral-soft text-faint')} />
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className={cx('break-words font-medium', disabled && 'text-muted')}>{user.name}</span>
          {you && user.name !== 'You' && <Badge tone="accent">You</Badge>}
          {disabled && <Badge tone="warning">Disabled</Badge>}
        </p>
        <p className="truncate text-faint text-xs" title={user.email ?? undefined}>
          {user.email ?? 'At this machine, without signing in'}
        </p>
      </div>
      <div className="col-span-3 col-start-1 row-start-2 flex flex-wrap items-center gap-1 pl-[3.125rem] lg:col-span-1 lg:col-start-3 lg:row-start-1 lg:pl-0">
        {user.roles.map((role) => (
          <Badge key={role} tone={role === 'admin' ? 'warning' : 'plain'}>
            {role === 'admin' && <ShieldCheck aria-hidden="true" />}
            {role === 'admin' && lastAdmin ? 'Last admin' : roleNames[role]}
          </Badge>
        ))}
        <span className="contents lg:hidden">
          <Teams names={names} />
          <span className="ml-1 empty:hidden">
            <Availability user={user} />
          </span>
        </span>
      </div>
      <p className="hidden min-w-0 truncate text-muted lg:block" title={names.join(', ')}>
        {names.join(', ') || <span className="text-faint">No team</span>}
      </p>
      <div className="hidden lg:block">
        <Availability user={user} />
      </div>
      <Menu
        trigger={
          <Button
            variant="ghost"
            size="icon"
            aria-label={`Actions for ${user.name}`}
            className="-mr-1.5 col-start-3 row-start-1 lg:col-start-6"
          >
            <Ellipsis aria-hidden="true" />
          </Button>
        }
      >
        <MenuItem onSelect={onEdit}>
          <UserRoundPen aria-hidden="true" /> Name, roles and teams
        </MenuItem>
        {user.email && !disabled && (
          <MenuItem onSelect={onReset}>
            <KeyRound aria-hidden="true" /> Link for a new password
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem
          onSelect={() => onDisable(!disabled)}
          disabled={!disabled && kept !== null}
          danger={!disabled}
        >
          <Ban aria-hidden="true" />
          {disabled ? 'Enable' : 'Disable'}
        </MenuItem>
        {!disabled && kept && (
          <MenuLabel>
            <span className="block max-w-56">{kept}</span>
          </MenuLabel>
        )}
      </Menu>
    </li>
  );
}

function Teams({ names }: { names: string[] }) {
  return names.map((name) => (
    <Badge key={name} className="bg-transparent ring-1 ring-line ring-inset">
      {name}
    </Badge>
  ));
}
