import { CloudOff } from 'lucide-react';
import type { Feed } from '../api/subscription.ts';
import { formatClock } from '../ui/format.ts';

/** Says that what is on the page may be old, and since when. */
export function FeedBanner({ feed }: { feed: Feed | null }) {
  if (!feed || feed.state === 'live') return null;
  return (
    <p
      role="status"
      className="flex items-center gap-2 border-line border-b bg-warning-soft px-4 py-1.5 text-warning text-xs sm:px-6"
    >
      <CloudOff className="size-4 shrink-0" aria-hidden="true" />
      <span>
        <span className="font-semibold">Not live.</span> Last updated{' '}
        {formatClock(new Date(feed.at).toISOString())}.{' '}
        {feed.state === 'refused'
          ? 'The server does not let this page follow any more: load it again.'
          : 'It catches up by itself as soon as the server answers.'}
      </span>
    </p>
  );
}
