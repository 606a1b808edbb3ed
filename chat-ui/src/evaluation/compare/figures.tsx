import type { EvaluationRun, Measurement, MetricComparison } from '#contracts';
import { Panel, PanelHeader } from '../../ui/panel.tsx';
import { ChangeWords } from '../badges.tsx';
import { formatFigure, scaleOf } from '../figures.ts';
import { Interval, IntervalBar } from '../interval.tsx';

interface ComparedFiguresProps {
  before: EvaluationRun;
  now: EvaluationRun;
}

/** Every metric of the two, and what is known of the difference. */
export function ComparedFigures({ before, now }: ComparedFiguresProps) {
  const tested = now.comparison?.against.id === before.id ? now.comparison.metrics : undefined;
  const names = [...new Set([...Object.keys(now.metrics), ...Object.keys(before.metrics)])];
  return (
    <Panel>
      <PanelHeader
        title="Figures"
        hint={
          tested
            ? 'With 95 % intervals. The differences were tested row by row when this run was made.'
            : before.comparison?.against.id === now.id
              ? 'With 95 % intervals. These two were compared the other way round: swap them to see what was tested.'
              : 'With 95 % intervals. These two were not compared when this run was made, so no difference is tested: intervals that overlap say little.'
        }
      />
      <ul className="divide-y divide-line">
        {names.map((name) => (
          <Row
            key={name}
            name={name}
            before={before.metrics[name]}
            now={now.metrics[name]}
            change={tested?.find(({ metric, slice }) => metric === name && slice === null)}
          />
        ))}
      </ul>
    </Panel>
  );
}

interface RowProps {
  name: string;
  before: Measurement | undefined;
  now: Measurement | undefined;
  change: MetricComparison | undefined;
}

function Row({ name, before, now, change }: RowProps) {
  const scale = scaleOf([before, now].filter((figure) => figure !== undefined));
  return (
    <li className="grid grid-cols-1 gap-x-6 gap-y-2 px-4 py-3 sm:px-5 md:grid-cols-[10rem_minmax(0,1fr)_minmax(0,1fr)]">
      <div>
        <p className="break-words font-medium">{name}</p>
        <p className="text-faint text-xs">{(now ?? before)?.better} is better</p>
      </div>
      <div className="space-y-1">
        <Line title="Before" figure={before} scale={scale} />
        <Line title="Now" figure={now} scale={scale} />
      </div>
      <div className="self-center">
        {change ? (
          <ChangeWords {...change} />
        ) : (
          before && now && <span className="text-muted">{plainDifference(before, now)}</span>
        )}
      </div>
    </li>
  );
}

function Line({
  title,
  figure,
  scale,
}: {
  title: string;
  figure: Measurement | undefined;
  scale: { from: number; to: number };
}) {
  return (
    <div className="grid grid-cols-[3rem_minmax(0,1fr)_10.75rem] items-center gap-2">
      <span className="text-faint text-xs">{title}</span>
      {figure ? <IntervalBar figure={figure} {...scale} /> : <span />}
      {figure ? (
        <Interval figure={figure} className="text-right" />
      ) : (
        <span className="text-right text-faint">not measured</span>
      )}
    </div>
  );
}

/** Two figures held beside one another, which is no test. */
function plainDifference(before: Measurement, now: Measurement): string {
  const difference = now.value - before.value;
  if (difference === 0) return 'The same figure.';
  return `${difference > 0 ? 'Higher' : 'Lower'} by ${formatFigure(Math.abs(difference))}, not tested.`;
}
