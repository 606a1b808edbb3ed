import { ArrowDown } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import type { Citation, InboxEntry } from '#contracts';
import { Button } from '../../ui/button.tsx';
import { formatDay } from '../../ui/format.ts';
import { useScrollEnd } from '../../ui/use-scroll-end.ts';
import type { Item, MessageItem } from '../items.ts';
import { customerOf } from '../whose.ts';
import { CompanyMessage } from './company-message.tsx';
import { CustomerMessage } from './customer-message.tsx';
import { Day, Line, Note } from './lines.tsx';

interface TranscriptListProps {
  entry: InboxEntry;
  items: Item[];
  me: string;
  name: (id: string) => string;
  /** There is more before; undefined at the beginning. */
  onOlder: (() => void) | undefined;
  loadingOlder: boolean;
  onCite: (citation: Citation, quotes: string[]) => void;
  onLabel: ((item: MessageItem) => void) | undefined;
  /** Called with the last event that was in view. */
  onSeen: (seq: number) => void;
  /** What stands below the last message, such as a reply on its way. */
  children: ReactNode;
}

const keyOf = (item: Item) => ('id' in item ? item.id : `line-${item.seq}`);

/** Everything that was said and done, oldest first. */
export function TranscriptList(props: TranscriptListProps) {
  const { entry, items, me, name, onOlder, loadingOlder, onCite, onLabel, onSeen, children } = props;
  const first = items[0] && keyOf(items[0]);
  const last = items.at(-1);
  const { box, content, atEnd, hasNew, toEnd } = useScrollEnd({ first, last: last && keyOf(last) });
  const who = customerOf(entry);
  const { lastSeq } = entry;
  useEffect(() => {
    const look = () => atEnd && !document.hidden && onSeen(lastSeq);
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [atEnd, lastSeq, onSeen]);
  return (
    <div className="relative min-h-0 grow">
      <section
        ref={box}
        aria-label="Transcript"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard cannot scroll the box
        tabIndex={0}
        className="-outline-offset-2 h-full overflow-y-auto px-4 py-5 [overflow-anchor:none] sm:px-6"
      >
        <div ref={content} className="space-y-4">
          {onOlder && (
            <div className="text-center">
              <Button size="small" disabled={loadingOlder} onClick={onOlder}>
                {loadingOlder ? 'Loading…' : 'Show earlier messages'}
              </Button>
            </div>
          )}
          <ol className="space-y-4" aria-label={`Conversation with ${who}`}>
            {items.map((item, index) => [
              startsDay(items[index - 1], item) && <Day key={`day-${item.seq}`} at={item.at} />,
              item.kind === 'note' ? (
                <Note key={keyOf(item)} item={item} me={me} />
              ) : item.kind !== 'message' ? (
                <Line key={keyOf(item)} item={item} name={name} />
              ) : item.author === 'customer' ? (
                <CustomerMessage key={item.id} item={item} name={who} language={entry.language} />
              ) : (
                <CompanyMessage key={item.id} {...{ item, me, onCite, onLabel }} />
              ),
            ])}
            {children}
          </ol>
        </div>
      </section>
      {!atEnd && (
        <Button
          variant={hasNew ? 'primary' : 'secondary'}
          size="small"
          aria-label={hasNew ? undefined : 'To the latest message'}
          className="-translate-x-1/2 absolute bottom-3 left-1/2 rounded-full shadow-float"
          onClick={toEnd}
        >
          <ArrowDown aria-hidden="true" />
          {hasNew && 'New messages'}
        </Button>
      )}
    </div>
  );
}

/** A day is named when it is another than that of the item before; today's conversations need none. */
const startsDay = (before: Item | undefined, item: Item): boolean => {
  const day = formatDay(item.at);
  return before ? formatDay(before.at) !== day : formatDay(new Date().toISOString()) !== day;
};
