import { Link } from '@tanstack/react-router';
import { PencilLine } from 'lucide-react';
import { memo } from 'react';
import type { InboxEntry, Presence } from '#contracts';
import { Avatar } from '../../people/avatar.tsx';
import { LabelChip } from '../../sentiment/labels.tsx';
import { Sparkline } from '../../sentiment/sparkline.tsx';
import { cx } from '../../ui/cx.ts';
import { formatLanguage, formatSigned } from '../../ui/format.ts';
import { Time } from '../../ui/time.tsx';
import { useHasDraft } from '../drafts.ts';
import { OwnerBadge } from '../owner-badge.tsx';
import { Viewers } from '../viewers.tsx';
import { customerOf } from '../whose.ts';
import { WaitTimer } from './wait-timer.tsx';

const speaker = { customer: '', bot: 'Bot: ', agent: 'Agent: ', system: '' };

/** One conversation of the list: who, since when it waits, what was said last, how the customer feels, whose it is. */
export const Entry = memo(function Entry({
  entry,
  current,
  me,
  name,
  viewers,
}: {
  entry: InboxEntry;
  current: boolean;
  me: string;
  name: (id: string) => string;
  viewers: Presence['agents'];
}) {
  const draft = useHasDraft(entry.id);
  return (
    <li className="relative">
      <Link
        to="/desk/$conversation"
        params={{ conversation: entry.id }}
        search={true}
        aria-current={current ? 'true' : undefined}
        data-entry={entry.id}
        className={cx(
          '-outline-offset-2 flex gap-3 border-line border-b px-4 py-3',
          current
            ? 'bg-accent-soft/70 shadow-[inset_3px_0_0_var(--accent)] forced-colors:border-l-4'
            : 'hover:bg-sunken',
        )}
      >
        <Avatar name={customerOf(entry)} className={cx(current && 'bg-surface')} />
        <div className="min-w-0 grow space-y-1">
          <div className="flex items-center justify-between gap-2">
            <span className="truncate font-semibold">{customerOf(entry)}</span>
            {entry.waitingSince ? (
              <WaitTimer since={entry.waitingSince} />
            ) : (
              <span className="shrink-0 text-faint text-xs">
                <Time at={entry.updatedAt} />
              </span>
            )}
          </div>
          <p className="truncate text-muted">
            {entry.lastAuthor && <span className="text-faint">{speaker[entry.lastAuthor]}</span>}
            {entry.preview || entry.title}
          </p>
          <div className="flex min-w-0 items-center gap-2 pt-0.5">
            {entry.sentiment ? (
              <>
                <LabelChip label={entry.sentiment.label} />
                <span className="sr-only">score {formatSigned(entry.sentiment.score)}</span>
                <Sparkline trend={entry.trend} />
              </>
            ) : (
              <span className="text-faint text-xs">no mood yet</span>
            )}
            <span className="text-faint text-xs uppercase" title={formatLanguage(entry.language)}>
              <span aria-hidden="true">{entry.language}</span>
              <span className="sr-only">{formatLanguage(entry.language)}</span>
            </span>
            <span className="ml-auto flex min-w-0 items-center gap-1.5">
              {draft && (
                <span title="You have begun to write" className="text-accent">
                  <PencilLine className="size-3.5" aria-hidden="true" />
                  <span className="sr-only">you have begun to write</span>
                </span>
              )}
              <Viewers agents={viewers} small />
              <OwnerBadge owner={entry.owner} me={me} name={name} />
            </span>
          </div>
        </div>
      </Link>
    </li>
  );
});
