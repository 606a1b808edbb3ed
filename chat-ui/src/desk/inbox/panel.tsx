import { Search } from 'lucide-react';
import type { InboxView } from '#contracts';
import { cx } from '../../ui/cx.ts';
import { Input, Select } from '../../ui/field.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import type { Filter } from '../inbox.ts';
import type { InboxControl } from '../use-inbox.ts';
import { List } from './list.tsx';
import { Availability, Notices } from './my-state.tsx';
import { Views } from './views.tsx';

interface InboxPanelProps {
  control: InboxControl;
  filter: Filter;
  current: string | undefined;
  /** What is in the search box, ahead of what is searched for. */
  typed: string;
  onView: (view: InboxView) => void;
  onClosed: (closed: boolean) => void;
  onSearch: (text: string) => void;
  className?: string;
}

/** The left column of the desk: my state, which list, the search, and the list. */
export function InboxPanel({
  control,
  filter,
  current,
  typed,
  onView,
  onClosed,
  onSearch,
  className,
}: InboxPanelProps) {
  return (
    <section aria-label="Inbox" className={cx('flex min-h-0 flex-col bg-surface', className)}>
      <div className="space-y-2 border-line border-b px-3 pt-2 pb-3">
        <div className="flex items-center justify-between">
          <Availability />
          <div className="ml-auto flex items-center gap-1">
            <Select
              aria-label="Open or closed"
              value={filter.closed ? 'closed' : 'open'}
              onChange={({ target }) => onClosed(target.value === 'closed')}
              className="h-8 border-transparent bg-transparent font-medium text-[0.8125rem] text-muted max-sm:h-11 sm:h-8"
            >
              <option value="open">Open</option>
              <option value="closed">Closed</option>
            </Select>
            <Notices />
          </div>
        </div>
        <Views view={filter.view} counts={control.inbox?.counts} onChange={onView} />
        <div className="relative">
          <Search
            className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-faint"
            aria-hidden="true"
          />
          <Input
            type="search"
            aria-label="Search conversations"
            placeholder="Name or words of a message"
            value={typed}
            maxLength={200}
            onChange={({ target }) => onSearch(target.value)}
            onKeyDown={({ key, currentTarget }) => {
              if (key !== 'Escape') return;
              if (typed) onSearch('');
              else currentTarget.blur();
            }}
            className="pr-9 pl-9"
          />
          <span className="pointer-events-none absolute top-1/2 right-2.5 hidden -translate-y-1/2 sm:block">
            {!typed && <Kbd>/</Kbd>}
          </span>
        </div>
      </div>
      <List control={control} filter={filter} current={current} onShowAll={() => onView('all')} />
    </section>
  );
}
