import type { EvaluationRun, Measurement, MetricComparison } from '#contracts';
import { formatCount } from '../../ui/format.ts';
import { Panel, PanelHeader } from '../../ui/panel.tsx';
import { ChangeWords } from '../badges.tsx';
import { formatFigure, scaleOf } from '../figures.ts';
import { Interval, IntervalBar } from '../interval.tsx';

/** Every metric with its interval, and how it compares with the run before. */
export function FiguresPanel({ run: { metrics, comparison } }: { run: EvaluationRun }) {
  return (
    <Panel>
      <PanelHeader
        title="Figures"
        hint={
          comparison
            ? `With 95 % intervals, compared with ${comparison.against.label}`
            : 'With 95 % intervals. It was compared with no other run when it was made.'
        }
      />
      <ul className="divide-y divide-line">
        {Object.entries(metrics).map(([name, figure]) => (
          <FigureRow
            key={name}
            name={name}
            figure={figure}
            change={comparison?.metrics.find(({ metric, slice }) => metric === name && slice === null)}
          />
        ))}
      </ul>
    </Panel>
  );
}

function FigureRow({
  name,
  figure,
  change,
}: {
  name: string;
  figure: Measurement;
  change: MetricComparison | undefined;
}) {
  const parts = Object.entries(figure.parts);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-3 sm:grid-cols-[minmax(0,1fr)_minmax(6rem,12rem)_11.5rem] sm:px-5">
      <span className="min-w-0">
        <span className="break-words font-medium">{name}</span>
        <span className="block text-faint text-xs">
          {figure.better} is better · {formatCount(figure.rows)} rows
          {figure.errored > 0 && `, ${formatCount(figure.errored)} of them errors`}
        </span>
      </span>
      <span className="max-sm:order-3 max-sm:col-span-2">
        <IntervalBar figure={figure} {...scaleOf([figure])} />
      </span>
      <Interval figure={figure} className="text-right" />
      {(change || parts.length > 0) && (
        <div className="order-4 col-span-full space-y-1 text-muted">
          {parts.length > 0 && (
            <p className="figures flex flex-wrap gap-x-4 text-faint text-xs">
              {parts.map(([part, value]) => (
                <span key={part}>
                  {part} <span className="text-muted">{formatFigure(value)}</span>
                </span>
              ))}
            </p>
          )}
          {change && <ChangeWords {...change} />}
        </div>
      )}
    </li>
  );
}
