import { Link } from '@tanstack/react-router';
import type { Trend } from '#contracts';
import { Badge } from '../../ui/badge.tsx';
import { formatDate } from '../../ui/format.ts';
import { Panel, PanelHeader } from '../../ui/panel.tsx';
import { Scrollable } from '../../ui/scrollable.tsx';
import { OutcomeBadge } from '../badges.tsx';
import { Interval } from '../interval.tsx';

interface TrendTableProps {
  runs: Trend['runs'];
  metrics: string[];
}

/** The same as the charts, in figures: the latest run first. */
export function TrendTable({ runs, metrics }: TrendTableProps) {
  return (
    <Panel>
      <PanelHeader title="In figures" hint="The latest run first" />
      <Scrollable label="Figures of all runs">
        <table className="w-full text-left">
          <thead className="text-faint text-xs">
            <tr className="border-line border-b">
              <th scope="col" className="px-4 py-2 font-medium sm:px-5">
                Run
              </th>
              <th scope="col" className="px-3 py-2 font-medium">
                Outcome
              </th>
              {metrics.map((metric) => (
                <th key={metric} scope="col" className="px-3 py-2 text-right font-medium">
                  {metric}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {runs.toReversed().map((run, place, all) => (
              <tr key={run.id} className="align-top hover:bg-sunken/60">
                <th scope="row" className="px-4 py-2.5 font-normal sm:px-5">
                  <Link
                    to="/evaluation/runs/$run"
                    params={{ run: run.id }}
                    data-entry
                    className="whitespace-nowrap rounded font-medium hover:text-accent hover:underline"
                  >
                    {formatDate(run.startedAt)}
                  </Link>
                  <span className="block max-w-56 break-words text-faint text-xs">
                    {run.target.name}, version {run.version}
                  </span>
                </th>
                <td className="px-3 py-2.5">
                  <span className="flex flex-wrap gap-1.5">
                    <OutcomeBadge outcome={run.outcome} />
                    {run.verdict === 'accepted' && <Badge tone="accent">Accepted</Badge>}
                    {run.verdict === 'rejected' && <Badge tone="bad">Rejected</Badge>}
                    {run.partial && <Badge tone="warning">Partial</Badge>}
                    {all[place + 1] && all[place + 1]?.fingerprint !== run.fingerprint && (
                      <Badge>Other rows or scorers than before</Badge>
                    )}
                  </span>
                </td>
                {metrics.map((metric) => {
                  const figure = run.metrics[metric];
                  return (
                    <td key={metric} className="px-3 py-2.5 text-right">
                      {figure ? <Interval figure={figure} /> : <span className="text-faint">—</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
    </Panel>
  );
}
