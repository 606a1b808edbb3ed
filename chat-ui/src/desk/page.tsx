import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { MessagesSquare } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { FeedBanner } from '../conversation/feed-banner.tsx';
import { cx } from '../ui/cx.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import { Opened } from './conversation/opened.tsx';
import { InboxPanel } from './inbox/panel.tsx';
import type { Filter } from './inbox.ts';
import { deskFeed, openDesk } from './live.ts';
import type { DeskSearch } from './search.ts';
import { useDeskKeys } from './use-desk-keys.ts';
import { useInbox } from './use-inbox.ts';
import { useMe } from './use-me.ts';
import { useNotices } from './use-notices.ts';

/** Where agents work: who writes, what was said, and how it goes. */
export function DeskPage() {
  const me = useMe();
  useEffect(openDesk, []);
  return me === undefined ? null : <Desk me={me} />;
}

function Desk({ me }: { me: string }) {
  const { view = 'all', closed = false, q = '' } = useSearch({ from: '/desk' });
  const { conversation } = useParams({ strict: false });
  const navigate = useNavigate();
  const [typed, setTyped] = useState(q);
  const search = useDebounced(typed.trim());
  const filter: Filter = { view, closed, search, me };
  const control = useInbox(filter);
  const go = useCallback(
    // To where one is: the conversation in view stays.
    (to: DeskSearch) => void navigate({ to: '.', search: (now) => ({ ...now, ...to }), replace: true }),
    [navigate],
  );
  useEffect(() => {
    if (search !== q) go({ q: search || undefined });
  }, [search, q, go]);
  const open = (id: string) =>
    void navigate({ to: '/desk/$conversation', params: { conversation: id }, search: true });
  useDeskKeys();
  useNotices(me, conversation, open);

  const shown = control.inbox?.shown ?? [];
  const next = () => {
    const at = conversation ? shown.indexOf(conversation) : -1;
    return shown[at + 1] ?? shown[at - 1];
  };
  const following = next();
  const goOn = () => {
    if (following) open(following);
    else void navigate({ to: '/desk', search: true });
  };
  return (
    <div className="@container flex h-full min-h-0 flex-col">
      <FeedBanner feed={deskFeed.use()} />
      <div className="flex min-h-0 grow">
        <InboxPanel
          control={control}
          filter={filter}
          current={conversation}
          typed={typed}
          onView={(to) => go({ view: to === 'all' ? undefined : to })}
          onClosed={(to) => go({ closed: to || undefined })}
          onSearch={setTyped}
          className={cx(
            'w-full shrink-0 border-line @3xl:w-88 @3xl:border-r',
            conversation && 'hidden @3xl:flex',
          )}
        />
        {conversation ? (
          <Opened key={conversation} id={conversation} me={me} onDone={control.refreshOrder} onNext={goOn} />
        ) : (
          <div className="hidden grow place-items-center @3xl:grid">
            <EmptyState icon={MessagesSquare} title="Choose a conversation">
              <Kbd>J</Kbd> and <Kbd>K</Kbd> go through the list, <Kbd>Enter</Kbd> opens, <Kbd>?</Kbd> shows
              every key.
            </EmptyState>
          </div>
        )}
      </div>
    </div>
  );
}
