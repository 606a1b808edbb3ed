import { Link } from '@tanstack/react-router';
import type { RunSummary } from '#contracts';
import { Badge } from '../../ui/badge.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SkeletonBlock } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { DecisionBadge, OutcomeBadge, PartialBadge } from '../badges.tsx';
import { Interval } from '../interval.tsx';
import { useOthers } from './use-others.ts';

/** Chooses the run that this one is held beside. */
export function CompareDialog({ summary, onClose }: { summary: RunSummary; onClose: () => void }) {
  const others = useOthers(summary);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Compare with"
      description="Another run of the same rows. What changed is shown from that one to this."
    >
      {!others && <SkeletonBlock label="Loading the runs" />}
      {others?.length === 0 && (
        <p className="text-muted">
          There is no other run of these rows yet. Run the suite again, such as with another model.
        </p>
      )}
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line empty:hidden">
        {others?.map(({ run, accepted }) => (
          <li key={run.id}>
            <Link
              to="/evaluation/compare"
              search={{ a: run.id, b: summary.id }}
              className="-outline-offset-2 block px-3 py-2.5 hover:bg-sunken"
            >
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <span className="break-all font-medium">{run.target.name}</span>
                {accepted ? <Badge tone="accent">Accepted last</Badge> : <DecisionBadge run={run} />}
                <OutcomeBadge outcome={run.outcome} />
                {run.partial && <PartialBadge partial={run.partial} />}
              </span>
              <span className="mt-0.5 flex flex-wrap items-baseline gap-x-2 text-faint text-xs">
                <Time at={run.startedAt} />
                {run.headline && (
                  <>
                    <span>{run.headline.metric}</span>
                    <Interval figure={run.headline} />
                  </>
                )}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
