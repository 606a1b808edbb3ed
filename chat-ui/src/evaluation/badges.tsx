import { CircleCheck, CircleHelp, CircleX, Equal, Scissors, TrendingDown, TrendingUp } from 'lucide-react';
import type { ComparisonVerdict, EvaluationRun, RunSummary } from '#contracts';
import { Badge } from '../ui/badge.tsx';
import { cx } from '../ui/cx.ts';

const outcomes = {
  passed: { word: 'Passed', tone: 'good', icon: CircleCheck },
  failed: { word: 'Failed', tone: 'bad', icon: CircleX },
  inconclusive: { word: 'Inconclusive', tone: 'warning', icon: CircleHelp },
} as const;

/** What became of a run or of one gate. */
export function OutcomeBadge({ outcome }: { outcome: EvaluationRun['outcome'] }) {
  const { word, tone, icon: Icon } = outcomes[outcome];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" /> {word}
    </Badge>
  );
}

const changes = {
  better: { word: 'Better', tone: 'good', icon: TrendingUp },
  worse: { word: 'Worse', tone: 'bad', icon: TrendingDown },
  inconclusive: { word: 'Inconclusive', tone: 'plain', icon: Equal },
} as const;

/** Which of two is better. */
export function ChangeBadge({ change }: { change: ComparisonVerdict }) {
  const { word, tone, icon: Icon } = changes[change];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" /> {word}
    </Badge>
  );
}

const changeTones = { better: 'text-positive', worse: 'text-negative', inconclusive: 'text-muted' };

/** The same in the words of the comparison. */
export function ChangeWords({ verdict, words }: { verdict: ComparisonVerdict; words: string }) {
  const { icon: Icon } = changes[verdict];
  return (
    <span className={cx('inline-flex items-start gap-1.5', changeTones[verdict])}>
      <Icon className="mt-[0.1875rem] size-4 shrink-0" aria-hidden="true" />
      <span className="min-w-0">{words}</span>
    </span>
  );
}

/** Said wherever such a run is shown: its figures are not those of the suite. */
export const PartialBadge = ({ partial }: { partial: string }) => (
  <Badge tone="warning">
    <Scissors aria-hidden="true" /> Partial: {partial}
  </Badge>
);

/** What a person said of a run. */
export function DecisionBadge({ run }: { run: Pick<RunSummary, 'verdict' | 'needsVerdict'> }) {
  if (run.verdict)
    return run.verdict.decision === 'accepted' ? (
      <Badge tone="good">Accepted</Badge>
    ) : (
      <Badge tone="bad">Rejected</Badge>
    );
  return run.needsVerdict ? <Badge tone="warning">Needs a verdict</Badge> : null;
}
