import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { MessageSquareText, PartyPopper, Search, X } from 'lucide-react';
import type { Gap } from '#contracts';
import { mayUse } from '../../api/session.ts';
import { useSession } from '../../api/use-session.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatLanguage } from '../../ui/format.ts';
import { Panel, PanelHeader } from '../../ui/panel.tsx';
import { RowsSkeleton } from '../../ui/rows-skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { leaving } from '../../ui/undoable.ts';
import { gapsQuery } from '../queries.ts';
import { useRemoval } from '../use-removal.ts';
import { groupGaps } from './groups.ts';

const timesAsked = (times: number): string => (times === 1 ? 'asked once' : `asked ${times} times`);

function Row({ gap, onDismiss }: { gap: Gap; onDismiss: (() => void) | undefined }) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <div className="min-w-0 grow basis-72">
        <p className="break-words font-medium" lang={gap.language}>
          {gap.question}
        </p>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-faint text-xs">
          <Badge tone={gap.times > 1 ? 'warning' : 'plain'}>{timesAsked(gap.times)}</Badge>
          <span>
            last <Time at={gap.lastAt} />
          </span>
          <span>{formatLanguage(gap.language)}</span>
          {gap.bestCosine !== null && <span className="figures">nearest at {gap.bestCosine.toFixed(2)}</span>}
        </p>
      </div>
      <div className="-ml-2.5 flex flex-wrap gap-1 sm:ml-0">
        <Link
          to="/knowledge"
          search={{ tab: 'search', q: gap.question }}
          className={buttonClass('ghost', 'small')}
          aria-label={`See what is found for “${gap.question}”`}
        >
          <Search aria-hidden="true" /> Search
        </Link>
        {gap.conversationId && (
          <Link
            to="/desk/$conversation"
            params={{ conversation: gap.conversationId }}
            className={buttonClass('ghost', 'small')}
            aria-label={`Open the conversation with “${gap.question}”`}
          >
            <MessageSquareText aria-hidden="true" /> Conversation
          </Link>
        )}
        {onDismiss && (
          <Button variant="ghost" size="small" aria-label={`Dismiss “${gap.question}”`} onClick={onDismiss}>
            <X aria-hidden="true" /> Dismiss
          </Button>
        )}
      </div>
    </li>
  );
}

/** What customers asked and the bot could not answer, by the article that came nearest. */
export function QuestionsTab() {
  const { data, error, refetch } = useQuery(gapsQuery);
  const editable = mayUse(useSession(), 'admin');
  const removal = useRemoval();
  const gone = leaving.use();
  if (error) {
    return (
      <Panel>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Panel>
    );
  }
  if (!data) return <RowsSkeleton label="Loading the questions" />;
  const groups = groupGaps(data.filter((gap) => !gone.has(gap.id)));
  if (groups.length === 0) {
    return (
      <Panel>
        <EmptyState icon={PartyPopper} title="Every question found an answer">
          That is good news. When a customer asks something the documents do not say, it appears here, so that
          you know what to write next.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <div className="space-y-5">
      {groups.map((group) => (
        <Panel key={group.title ?? ''}>
          <PanelHeader
            title={group.title ?? 'Near no article'}
            hint={
              group.title
                ? 'The nearest article, which does not answer them'
                : 'Nothing is written about these yet'
            }
          >
            <span className="figures text-muted">{timesAsked(group.times)}</span>
          </PanelHeader>
          <ul className="divide-y divide-line">
            {group.gaps.map((gap) => (
              <Row key={gap.id} gap={gap} onDismiss={editable ? () => removal.gap(gap) : undefined} />
            ))}
          </ul>
        </Panel>
      ))}
    </div>
  );
}
