import { GitCompareArrows, Signature, UsersRound } from 'lucide-react';
import { useState } from 'react';
import type { RunDetail } from '#contracts';
import { Button } from '../../ui/button.tsx';
import { Time } from '../../ui/time.tsx';
import { DecisionBadge, OutcomeBadge, PartialBadge } from '../badges.tsx';
import { useSteps } from '../use-steps.ts';
import { CompareDialog } from './compare-dialog.tsx';
import { ReviewDialog } from './review/dialog.tsx';
import { SignDialog } from './sign-dialog.tsx';
import { verdictLine } from './verdict-line.ts';

type Opened = 'sign' | 'compare' | 'review';

/** What was run, what it came to, and what can be done about it. */
export function RunHeading({ detail: { run, summary } }: { detail: RunDetail }) {
  const [opened, setOpened] = useState<Opened>();
  const close = () => setOpened(undefined);
  useSteps('sample', [
    { id: 'sign', title: 'Sign a verdict', keys: ['V'], press: 'v', run: () => setOpened('sign') },
    { id: 'compare', title: 'Compare', keys: ['C'], press: 'c', run: () => setOpened('compare') },
    { id: 'review', title: 'Review answers', keys: ['A'], press: 'a', run: () => setOpened('review') },
  ]);
  return (
    <div className="flex flex-wrap items-start justify-between gap-4">
      <div className="min-w-0 grow basis-96 space-y-1.5 max-sm:basis-full">
        <p className="flex flex-wrap items-center gap-1.5">
          <OutcomeBadge outcome={run.outcome} />
          {run.partial && <PartialBadge partial={run.partial} />}
          <DecisionBadge run={summary} />
        </p>
        <h2 className="break-words font-semibold text-2xl tracking-tight">{run.suite.title}</h2>
        <p className="max-w-4xl text-base">{verdictLine(run)}</p>
        <p className="text-faint">
          <span className="font-mono text-[0.8125rem]">
            {run.suite.suite} {run.suite.version}
          </span>{' '}
          on <span className="break-all text-muted">{run.target.name}</span>
          {run.target.revision && (
            <span className="break-all font-mono text-[0.8125rem]"> {run.target.revision}</span>
          )}
          , <Time at={run.startedAt} />
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setOpened('compare')}>
          <GitCompareArrows aria-hidden="true" /> Compare
        </Button>
        <Button onClick={() => setOpened('review')}>
          <UsersRound aria-hidden="true" /> Review answers
        </Button>
        <Button variant="primary" onClick={() => setOpened('sign')}>
          <Signature aria-hidden="true" /> Sign a verdict
        </Button>
      </div>
      {opened === 'sign' && <SignDialog run={run} summary={summary} onClose={close} />}
      {opened === 'compare' && <CompareDialog summary={summary} onClose={close} />}
      {opened === 'review' && <ReviewDialog run={run} summary={summary} onClose={close} />}
    </div>
  );
}
