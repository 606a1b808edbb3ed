import { useQueryClient } from '@tanstack/react-query';
import { ArrowDown } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { asCustomer } from '../api/customer.ts';
import { FeedBanner } from '../conversation/feed-banner.tsx';
import { type OpenedCitation, PassageSheet } from '../conversation/passage-sheet.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { useScrollEnd } from '../ui/use-scroll-end.ts';
import { shownOf } from './branches.ts';
import { Composer } from './composer.tsx';
import { entriesOf } from './entries.ts';
import { EntryList } from './entry-list.tsx';
import { Header } from './header.tsx';
import { listAgain } from './history.tsx';
import { outgoingOf, post } from './outgoing.ts';
import { answering } from './thread.ts';
import { ThreadSkeleton } from './thread-skeleton.tsx';
import { useAnnouncements } from './use-announcements.ts';
import { usePerson } from './use-person.ts';
import { useTalk } from './use-talk.ts';
import { useThread } from './use-thread.ts';

interface ThreadViewProps {
  id: string;
  onNew: () => void;
  onHistory: () => void;
}

/** One conversation of the customer. */
export function ThreadView({ id, onNew, onHistory }: ThreadViewProps) {
  const cache = useQueryClient();
  const { thread, error, reload, markStored, feed, loadOlder, loadingOlder } = useThread(id);
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const [cited, setCited] = useState<OpenedCitation>();
  const input = useRef<HTMLTextAreaElement>(null);
  const shown = useMemo(
    () => shownOf(thread?.messages ?? [], chosen).map((each) => each.message),
    [thread?.messages, chosen],
  );
  const talk = useTalk(id, {
    thread,
    shown,
    live: feed?.state === 'live',
    onAccepted: () => {
      void listAgain(cache);
      markStored();
    },
  });
  const person = usePerson(id);
  useAnnouncements(thread?.messages);
  const { outgoing, answer, busy } = talk;
  const entries = thread ? entriesOf({ thread, chosen, outgoing, answer, busy }) : [];
  const first = entries[0]?.key;
  const { box, content, atEnd, hasNew, toEnd } = useScrollEnd({ first, last: entries.at(-1)?.key });
  const who = thread ? answering(thread) : ({ kind: 'bot' } as const);
  const withPeople = who.kind === 'waiting' || who.kind === 'person';
  const last = entries.at(-1);
  // An answer that offers a person has a button of its own.
  const offers = last?.kind === 'message' && ['refused', 'handoff'].includes(last.message.outcome ?? '');
  const language = thread?.conversation.language ?? 'en';

  // Whoever has just begun it goes on writing.
  useEffect(() => {
    if (outgoingOf(id).length > 0) input.current?.focus();
  }, [id]);
  const send = (text: string) => {
    post(id, text);
    toEnd();
  };
  // What was pressed goes away: the keyboard goes on from the conversation, and not from the top of the page.
  const stay = () => box.current?.focus({ preventScroll: true });
  const choose = (label: string) => {
    send(label);
    stay();
  };
  const askPerson = () => {
    person.ask();
    stay();
  };
  const again = (answerId: string) => {
    const parent = thread?.messages.find((message) => message.id === answerId)?.parentId;
    if (parent) setChosen(({ [parent]: _, ...others }) => others);
    void talk.again(answerId);
  };
  return (
    <>
      <Header
        answering={who}
        language={language}
        onPerson={person.ask}
        asking={person.asking}
        onNew={onNew}
        onHistory={onHistory}
      />
      <FeedBanner feed={feed ?? null} />
      <div className="relative min-h-0 grow">
        <section
          ref={box}
          aria-label="Messages"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard cannot scroll the box
          tabIndex={0}
          className="-outline-offset-2 h-full overflow-y-auto [overflow-anchor:none]"
        >
          <div ref={content} className="mx-auto w-full max-w-3xl space-y-5 px-4 py-6 sm:px-6">
            {error && <ErrorState error={error} onRetry={reload} />}
            {!thread && !error && <ThreadSkeleton />}
            {thread && thread.before !== null && (
              <div className="text-center">
                <Button size="small" disabled={loadingOlder} onClick={() => void loadOlder()}>
                  {loadingOlder ? 'Loading…' : 'Show earlier messages'}
                </Button>
              </div>
            )}
            <EntryList
              entries={entries}
              language={language}
              onChoose={choose}
              onSibling={(parentId, sibling) => setChosen((now) => ({ ...now, [parentId]: sibling }))}
              onAgain={busy || who.kind !== 'bot' ? undefined : again}
              onCite={(citation, quotes) => setCited({ citation, quotes })}
              onPerson={withPeople ? undefined : askPerson}
            />
            {thread?.offered && !withPeople && !offers && <Offer onPerson={askPerson} busy={person.asking} />}
          </div>
        </section>
        {!atEnd && (
          <Button
            variant={hasNew ? 'primary' : 'secondary'}
            size="small"
            aria-label={hasNew ? undefined : 'To the latest message'}
            className="-translate-x-1/2 absolute bottom-2 left-1/2 rounded-full shadow-float max-sm:h-11"
            onClick={toEnd}
          >
            <ArrowDown aria-hidden="true" />
            {hasNew && 'New messages'}
          </Button>
        )}
      </div>
      <Composer
        input={input}
        onSend={send}
        onStop={
          answer?.state === 'streaming' || thread?.conversation.generating
            ? () => void talk.stop()
            : undefined
        }
        stopping={talk.stopping}
        placeholder={withPeople ? 'Write to us…' : 'Ask a question…'}
      />
      <PassageSheet
        opened={cited}
        onClose={() => setCited(undefined)}
        load={(passage) => asCustomer(({ conversations }) => conversations.citation(id, passage))}
      />
    </>
  );
}

/** The bot thinks that a person would do better. */
function Offer({ onPerson, busy }: { onPerson: () => void; busy: boolean }) {
  return (
    <section
      aria-label="Offer of a person"
      className="appear flex flex-wrap items-center justify-between gap-3 rounded-xl border border-line bg-surface px-4 py-3 shadow-card"
    >
      <p>Would you rather talk to a person? They see what you wrote, so nothing has to be said twice.</p>
      <Button variant="primary" disabled={busy} onClick={onPerson} className="max-sm:h-11">
        Yes, please
      </Button>
    </section>
  );
}
