import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeft, EyeOff } from 'lucide-react';
import type { Review } from '#contracts';
import { useSession } from '../../api/use-session.ts';
import { Page } from '../../app/page.tsx';
import { Badge } from '../../ui/badge.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonBlock } from '../../ui/skeleton.tsx';
import { EvaluationTabs } from '../tabs.tsx';
import { useSteps } from '../use-steps.ts';
import type { ReviewSearch } from './address.ts';
import { useJudging } from './judging/use-judging.ts';
import { JudgingView } from './judging/view.tsx';
import { ReviewList } from './list/list.tsx';
import { Overview } from './overview.tsx';
import { reviewQuery } from './queries.ts';
import { systemNames } from './scale.ts';

/** Queues of answers that people judge. */
export function ReviewsPage() {
  useSteps('queue', []);
  return (
    <Page intro="Answers that people judge one by one: what no scorer can say, and what judges that are models are held against.">
      <EvaluationTabs />
      <ReviewList />
    </Page>
  );
}

/** One queue: how it is, or one’s own judging in it. */
export function ReviewPage() {
  const { review: id } = useParams({ from: '/evaluation/reviews/$review' });
  const search = useSearch({ from: '/evaluation/reviews/$review' });
  const navigate = useNavigate({ from: '/evaluation/reviews/$review' });
  const { data, error, refetch } = useQuery(reviewQuery(id));
  const change = (to: ReviewSearch) =>
    void navigate({ search: (before) => ({ ...before, ...to }), replace: to.judge === undefined });
  const leave = () => void navigate({ search: {} });
  return (
    <Page wide={search.judge}>
      {search.judge ? (
        <button
          type="button"
          onClick={leave}
          className="inline-flex items-center gap-1.5 rounded text-muted hover:text-ink"
        >
          <ArrowLeft className="size-4" aria-hidden="true" /> The queue
        </button>
      ) : (
        <Link
          to="/evaluation/reviews"
          className="inline-flex items-center gap-1.5 rounded text-muted hover:text-ink"
        >
          <ArrowLeft className="size-4" aria-hidden="true" /> All reviews
        </Link>
      )}
      {error && !data && (
        <Panel>
          <ErrorState error={error} onRetry={() => void refetch()} />
        </Panel>
      )}
      {!data && !error && <SkeletonBlock label="Loading the queue" lines={8} />}
      {data && <Heading review={data.review} brief={search.judge === true} />}
      {data && !search.judge && <Overview detail={data} search={search} onChange={change} />}
      {data && search.judge && <Judge id={id} detail={data} onLeave={leave} />}
    </Page>
  );
}

type JudgeProps = Pick<Parameters<typeof JudgingView>[0], 'detail' | 'onLeave'> & { id: string };

function Judge({ id, ...rest }: JudgeProps) {
  const judging = useJudging(id, useSession());
  if (!judging) return <SkeletonBlock label="Asking for an item" lines={8} />;
  return <JudgingView judging={judging} {...rest} />;
}

function Heading({ review, brief }: { review: Review; brief: boolean }) {
  const { rubric, suite, blind, pairs, state, systems } = review;
  return (
    <div className="space-y-1.5">
      <h2 className={brief ? 'font-semibold text-lg' : 'break-words font-semibold text-2xl tracking-tight'}>
        {rubric.title}
      </h2>
      {!brief && (
        <p className="flex flex-wrap items-center gap-2 text-muted">
          <Badge tone={state === 'open' ? 'accent' : 'plain'}>{state === 'open' ? 'Open' : 'Closed'}</Badge>
          {blind && (
            <Badge>
              <EyeOff aria-hidden="true" /> Blind
            </Badge>
          )}
          <span>
            {pairs ? 'Pairs of answers' : 'Answers'} of the suite{' '}
            <span className="font-mono text-[0.8125rem]">{suite}</span>
          </span>
          {systems.length > 0 && <Systems systems={systems} />}
        </p>
      )}
    </div>
  );
}

/** Whose answers were judged, each with the way to its run. */
function Systems({ systems }: { systems: Review['systems'] }) {
  const names = systemNames(systems);
  return (
    <span className="break-words">
      from{' '}
      {systems.map(({ runId }, index) => (
        <span key={runId}>
          {index > 0 && ' and '}
          <Link
            to="/evaluation/runs/$run"
            params={{ run: runId }}
            className="text-accent underline underline-offset-2"
          >
            {names[index]}
          </Link>
        </span>
      ))}
    </span>
  );
}
