import { useMutation } from '@tanstack/react-query';
import { CheckCheck, Inbox, Play, SearchX } from 'lucide-react';
import { toast } from 'sonner';
import { asParlanceError } from '#contracts';
import { client } from '../../api/client.ts';
import { mayUse } from '../../api/session.ts';
import { useSession } from '../../api/use-session.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { Filter } from '../inbox.ts';

/** Three customers of the sample company begin to write, so that a desk can be seen at work. */
function DemoButton() {
  const play = useMutation({
    mutationFn: () => client().desk.demo(),
    onSuccess: () => toast.success('Three customers are about to write.'),
    onError: (error) => toast.error(asParlanceError(error).message),
  });
  return (
    <Button variant="primary" disabled={play.isPending} onClick={() => play.mutate()}>
      <Play aria-hidden="true" /> {play.isPending ? 'Starting…' : 'Play a demo'}
    </Button>
  );
}

/** What an empty list means, and the next thing to do. */
export function EmptyList({ filter, onShowAll }: { filter: Filter; onShowAll: () => void }) {
  const { view, closed, search } = filter;
  const mayPlay = mayUse(useSession(), 'admin');
  if (search) {
    return (
      <EmptyState icon={SearchX} title="Nothing found" className="py-10">
        No conversation here has “{search}” in a name, a title or a message. Try fewer letters, or another
        view.
      </EmptyState>
    );
  }
  if (view === 'all' && !closed) {
    return (
      <EmptyState
        icon={Inbox}
        title="No conversations yet"
        className="py-10"
        action={
          <>
            {mayPlay && <DemoButton />}
            <a href="/chat" target="_blank" rel="noopener" className={buttonClass()}>
              Open the chat as a customer
            </a>
          </>
        }
      >
        What customers write appears here at once, with how they feel. To see it live,{' '}
        {mayPlay ? 'let three sample customers write, or ' : ''}be one yourself in another window.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={CheckCheck}
      title={closed ? 'Nothing closed here' : 'All done here'}
      className="py-10"
      action={view !== 'all' && <Button onClick={onShowAll}>Show all</Button>}
    >
      {closed
        ? 'Conversations that were closed are kept here.'
        : view === 'unassigned'
          ? 'Nobody waits for a person.'
          : view === 'mine'
            ? 'You have no conversation. Take one from Unassigned or from the bot.'
            : 'The bot has no conversation now.'}
    </EmptyState>
  );
}
