import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleX } from 'lucide-react';
import { asParlanceError, type Calibration as Held, type Review } from '#contracts';
import { Badge } from '../../../ui/badge.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { plural } from '../../../ui/format.ts';
import { Panel, PanelHeader } from '../../../ui/panel.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Interval } from '../../interval.tsx';
import { runQuery } from '../../queries.ts';
import { calibrationQuery } from '../queries.ts';

/** How far each judge of the run says what people say. Nothing where the run has no judge, or is gone. */
export function Calibrations({ review }: { review: Review }) {
  const { data } = useQuery(runQuery(review.systems[0]?.runId ?? ''));
  const judges = data?.run.suite.scorers.filter(({ name }) => name === 'judge') ?? [];
  return judges.map(({ name, as }) => <Calibration key={as ?? name} review={review} scorer={as ?? name} />);
}

function Calibration({ review, scorer }: { review: Review; scorer: string }) {
  const { data, error, refetch } = useQuery(calibrationQuery(review.id, review.closedAt, scorer));
  const unsupported = error && asParlanceError(error).code === 'unsupported';
  return (
    <Panel>
      <PanelHeader title={`The judge “${scorer}” against people`} />
      {unsupported && <p className="px-5 py-6 text-muted">{asParlanceError(error).message}</p>}
      {error && !unsupported && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton className="m-5 h-40" />}
      {data && <Comparison held={data} />}
    </Panel>
  );
}

function Comparison({ held }: { held: Held }) {
  const { matrix, agreement, kappa, usable, leftOut, words } = held;
  return (
    <div className="flex flex-wrap gap-x-10 gap-y-5 p-4 sm:p-5">
      <table className="figures text-right">
        <caption className="pb-2 text-left text-faint text-xs">How often they said the same</caption>
        <thead>
          <tr>
            <td />
            {matrix.labels.map((label) => (
              <th key={label} scope="col" className="px-3 py-1.5 font-medium text-xs">
                judge: {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.labels.map((label, row) => (
            <tr key={label}>
              <th scope="row" className="py-1.5 pr-3 text-left font-medium text-xs">
                people: {label}
              </th>
              {matrix.counts[row]?.map((count, column) => (
                <td
                  key={matrix.labels[column]}
                  className={`border border-line px-4 py-2 ${row === column ? 'bg-positive-soft text-positive' : count > 0 ? 'bg-negative-soft text-negative' : ''}`}
                >
                  {count}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="min-w-0 grow basis-56 space-y-2">
        <Badge tone={usable ? 'good' : 'warning'}>
          {usable ? <CircleCheck aria-hidden="true" /> : <CircleX aria-hidden="true" />}
          {usable ? 'Usable for gates' : 'Not usable for gates'}
        </Badge>
        <p>{words}</p>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          <dt className="text-faint">Cohen’s κ</dt>
          <dd>
            <Interval figure={kappa} />
          </dd>
          <dt className="text-faint">The same</dt>
          <dd>
            <Interval figure={agreement} />
          </dd>
          <dt className="text-faint">On</dt>
          <dd>
            {plural(agreement.rows, 'item')}
            {leftOut > 0 && `, ${leftOut} left out: people were divided, or the judge said nothing`}
          </dd>
        </dl>
      </div>
    </div>
  );
}
