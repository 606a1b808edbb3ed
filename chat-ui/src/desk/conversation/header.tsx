import { Link } from '@tanstack/react-router';
import {
  ArrowLeft,
  ArrowRightLeft,
  Bot,
  CheckCheck,
  CircleCheckBig,
  Ellipsis,
  Hand,
  PanelRight,
  RotateCcw,
} from 'lucide-react';
import type { InboxEntry, Presence } from '#contracts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { formatLanguage } from '../../ui/format.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { WaitTimer } from '../inbox/wait-timer.tsx';
import { OwnerBadge } from '../owner-badge.tsx';
import { Viewers } from '../viewers.tsx';
import { customerOf } from '../whose.ts';
import type { Actions } from './use-actions.ts';

interface HeaderProps {
  entry: InboxEntry;
  me: string;
  name: (id: string) => string;
  viewers: Presence['agents'];
  actions: Actions;
  onDetails: () => void;
}

/** Who it is, whose it is, and what can be done with it. */
export function Header({ entry, me, name, viewers, actions, onDetails }: HeaderProps) {
  const mine = entry.owner.kind === 'human' && entry.owner.userId === me;
  const closed = entry.owner.kind === 'closed';
  const { busy, take, release, transfer, close, resolve, reopen } = actions;
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-line border-b bg-surface px-2 py-2 sm:px-4">
      <Link
        to="/desk"
        search={true}
        aria-label="Back to the inbox"
        className={cx(buttonClass('ghost', 'icon'), 'max-sm:size-11 @3xl:hidden')}
      >
        <ArrowLeft aria-hidden="true" />
      </Link>
      <div className="min-w-0 grow basis-40">
        <h2 className="truncate font-semibold text-[0.9375rem]">{customerOf(entry)}</h2>
        <p className="flex min-w-0 items-center gap-2 text-faint text-xs">
          <OwnerBadge owner={entry.owner} me={me} name={name} />
          {entry.waitingSince && <WaitTimer since={entry.waitingSince} />}
          <span className="truncate">{formatLanguage(entry.language)}</span>
        </p>
      </div>
      <Viewers agents={viewers} />
      <div className="flex items-center gap-1.5">
        {closed ? (
          <Button size="small" variant="primary" disabled={busy} onClick={reopen} className="max-sm:h-11">
            <RotateCcw aria-hidden="true" /> Reopen
          </Button>
        ) : (
          <>
            {!mine && (
              <Tooltip label="Take over (T)">
                <Button size="small" variant="primary" disabled={busy} onClick={take} className="max-sm:h-11">
                  <Hand aria-hidden="true" /> Take over
                </Button>
              </Tooltip>
            )}
            <Tooltip label="Close it and go to the next (E)">
              <Button
                size="small"
                variant={mine ? 'primary' : 'secondary'}
                disabled={busy}
                onClick={resolve}
                className="max-sm:h-11"
              >
                <CheckCheck aria-hidden="true" /> Resolve
              </Button>
            </Tooltip>
          </>
        )}
        <Menu
          trigger={
            <Button variant="ghost" size="icon" aria-label="More to do" className="max-sm:size-11">
              <Ellipsis aria-hidden="true" />
            </Button>
          }
        >
          <MenuItem disabled={closed || busy} onSelect={transfer}>
            <ArrowRightLeft aria-hidden="true" /> Transfer…
          </MenuItem>
          <MenuItem disabled={closed || entry.owner.kind === 'bot' || busy} onSelect={release}>
            <Bot aria-hidden="true" /> Return to the bot
          </MenuItem>
          <MenuItem disabled={closed || busy} onSelect={close}>
            <CircleCheckBig aria-hidden="true" /> Close and stay
          </MenuItem>
        </Menu>
        <Tooltip label="Details">
          <Button
            variant="ghost"
            size="icon"
            aria-label="Details"
            onClick={onDetails}
            className="max-sm:size-11 @5xl:hidden"
          >
            <PanelRight aria-hidden="true" />
          </Button>
        </Tooltip>
      </div>
    </header>
  );
}
