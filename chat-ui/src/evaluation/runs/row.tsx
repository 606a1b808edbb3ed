import { Link } from '@tanstack/react-router';
import type { RunSummary } from '#contracts';
import { Badge } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { formatDate } from '../../ui/format.ts';
import { Time } from '../../ui/time.tsx';
import { DecisionBadge, OutcomeBadge, PartialBadge } from '../badges.tsx';
import { Interval } from '../interval.tsx';

const cell = 'px-3 py-3 align-top';

/** One run. What has no room on a phone is said below the title there. */
export function RunRow({ run }: { run: RunSummary }) {
  return (
    <tr
      className={cx(
        'relative hover:bg-sunken/60',
        run.needsVerdict && 'shadow-[inset_3px_0_0_var(--negative)] forced-colors:border-l-4',
      )}
    >
      <td className="hidden py-3 pl-5 align-top md:table-cell">
        <OutcomeBadge outcome={run.outcome} />
      </td>
      <th scope="row" className="w-full px-4 py-3 text-left align-top font-normal md:px-3">
        <Link
          to="/evaluation/runs/$run"
          params={{ run: run.id }}
          data-entry
          className="wrap-anywhere font-medium before:absolute before:inset-0 hover:text-accent hover:underline"
        >
          {run.title}
        </Link>
        <p className="text-faint text-xs">
          <span className="font-mono">
            {run.suite} {run.version}
          </span>
          <span className="px-1.5">on</span>
          <span className="break-all text-muted">{run.target.name}</span>
          {run.target.revision && <span className="break-all font-mono"> {run.target.revision}</span>}
        </p>
        <p className="mt-1.5 flex flex-wrap items-center gap-1.5 empty:hidden">
          {run.partial && <PartialBadge partial={run.partial} />}
          {run.state === 'incomplete' && <Badge tone="warning">Results are missing</Badge>}
        </p>
        <div className="mt-1.5 flex flex-wrap items-center gap-x-2.5 gap-y-1.5 md:hidden">
          <OutcomeBadge outcome={run.outcome} />
          <Headline run={run} />
        </div>
        <div className="mt-1.5 flex flex-wrap items-center gap-x-2.5 gap-y-1.5 text-faint text-xs lg:hidden">
          {run.compared && (
            <span className="md:hidden">
              <Compared run={run} />
            </span>
          )}
          <DecisionBadge run={run} />
          <Time at={run.startedAt} />
        </div>
      </th>
      <td className={cx(cell, 'hidden whitespace-nowrap md:table-cell')}>
        <Headline run={run} />
      </td>
      <td className={cx(cell, 'hidden whitespace-nowrap text-muted md:table-cell')}>
        <Compared run={run} />
      </td>
      <td className={cx(cell, 'hidden whitespace-nowrap lg:table-cell')}>
        <DecisionBadge run={run} />
        {run.verdict && (
          <span
            className="mt-1 block max-w-36 truncate text-faint text-xs"
            title={formatDate(run.verdict.at)}
          >
            by {run.verdict.by}
          </span>
        )}
      </td>
      <td className={cx(cell, 'hidden whitespace-nowrap pr-5 text-muted lg:table-cell')}>
        <Time at={run.startedAt} />
      </td>
    </tr>
  );
}

function Headline({ run: { headline } }: { run: RunSummary }) {
  if (!headline) return <span className="text-faint">no figure</span>;
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-1.5 md:block">
      <Interval figure={headline} />
      <span className="text-faint text-xs md:block">{headline.metric}</span>
    </span>
  );
}

/** Among metrics and slices, how many changed since the run it was compared with. */
function Compared({ run: { compared } }: { run: RunSummary }) {
  if (!compared) return <span className="text-faint">with no run</span>;
  const { better, worse } = compared;
  if (better === 0 && worse === 0) return <span>no change found</span>;
  return (
    <span className="figures inline-flex gap-2">
      <span className={worse > 0 ? 'font-medium text-negative' : 'text-faint'}>{worse} worse</span>
      <span className={better > 0 ? 'font-medium text-positive' : 'text-faint'}>{better} better</span>
    </span>
  );
}
