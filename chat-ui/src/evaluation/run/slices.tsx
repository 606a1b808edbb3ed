import { TriangleAlert } from 'lucide-react';
import type { EvaluationRun } from '#contracts';
import { Badge } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { formatCount } from '../../ui/format.ts';
import { Panel, PanelHeader } from '../../ui/panel.tsx';
import type { RunSearch } from '../address.ts';
import { ChangeBadge, ChangeWords } from '../badges.tsx';
import { formatFigure, scaleOf } from '../figures.ts';
import { Interval, IntervalBar } from '../interval.tsx';
import { MetricSelect } from './metric-select.tsx';
import { fewRows, type SliceFigure, slicesBy, worstOf } from './slice-list.ts';

interface SlicesPanelProps {
  run: EvaluationRun;
  metric: string;
  onMetric: (metric: string) => void;
  onShow: (samples: RunSearch) => void;
}

/** The parts of the rows by how well they went, the worst first. */
export function SlicesPanel({ run, metric, onMetric, onShow }: SlicesPanelProps) {
  const slices = slicesBy(run, metric);
  const worst = worstOf(slices);
  const scale = scaleOf(slices.map(({ figure }) => figure));
  const whole = run.metrics[metric];
  const show = ({ slice, value }: SliceFigure) => onShow({ slice, value, order: undefined });
  return (
    <Panel>
      <PanelHeader title="Slices" hint="The worst first, by one metric">
        <MetricSelect
          label="Metric of slices, values and samples"
          metrics={Object.keys(run.metrics)}
          value={metric}
          onChange={onMetric}
        />
      </PanelHeader>
      {slices.length === 0 && (
        <p className="px-4 py-4 text-muted sm:px-5">
          The suite does not part its rows. Slices in its YAML show where a good average hides a bad corner.
        </p>
      )}
      {worst && (
        <p className="flex gap-2.5 border-line border-b bg-warning-soft/60 px-4 py-2.5 sm:px-5">
          <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warning" aria-hidden="true" />
          <span>
            Worst slice:{' '}
            <button
              type="button"
              className="wrap-anywhere rounded text-left font-medium text-accent underline"
              onClick={() => show(worst)}
            >
              {worst.slice} {worst.value}
            </button>
            , {metric} {formatFigure(worst.figure.value)}
            {whole && ` where the whole run has ${formatFigure(whole.value)}`}, on {formatCount(worst.rows)}{' '}
            rows.
          </span>
        </p>
      )}
      {slices.length > 0 && (
        <table className="w-full text-left">
          <caption className="sr-only">Slices by {metric}, the worst first</caption>
          <thead className="text-faint text-xs">
            <tr className="border-line border-b">
              <th scope="col" className="px-4 py-2 font-medium sm:px-5">
                Slice
              </th>
              <th scope="col" className="hidden px-3 py-2 text-right font-medium sm:table-cell">
                Rows
              </th>
              <th scope="col" className="hidden w-1/4 px-3 py-2 md:table-cell">
                <span className="sr-only">The interval as a bar</span>
              </th>
              <th scope="col" className="px-4 py-2 text-right font-medium sm:px-5">
                Figure, 95 % interval
              </th>
              {run.comparison && (
                <th scope="col" className="hidden px-4 py-2 font-medium sm:px-5 lg:table-cell">
                  Compared
                </th>
              )}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {slices.map((each) => (
              <tr key={`${each.slice}=${each.value}`} className="relative hover:bg-sunken/60">
                <th scope="row" className="px-4 py-2.5 font-normal sm:px-5">
                  <button
                    type="button"
                    onClick={() => show(each)}
                    className="rounded text-left before:absolute before:inset-0 hover:text-accent hover:underline"
                  >
                    <span className="text-faint">{each.slice}</span>{' '}
                    <span className="wrap-anywhere font-medium">{each.value}</span>
                  </button>
                  <span className="mt-0.5 flex flex-wrap gap-1.5 empty:hidden">
                    {each.rows < fewRows && <Badge>Few rows</Badge>}
                    {each.change && (
                      <span className="lg:hidden">
                        <ChangeBadge change={each.change.verdict} />
                      </span>
                    )}
                  </span>
                </th>
                <td className="figures hidden px-3 py-2.5 text-right text-muted sm:table-cell">
                  {formatCount(each.rows)}
                </td>
                <td className={cx('hidden px-3 py-2.5 md:table-cell', each.rows < fewRows && 'opacity-50')}>
                  <IntervalBar figure={each.figure} {...scale} />
                </td>
                <td className="px-4 py-2.5 text-right sm:px-5">
                  <Interval figure={each.figure} />
                </td>
                {run.comparison && (
                  <td className="hidden px-4 py-2.5 text-muted sm:px-5 lg:table-cell">
                    {each.change ? <ChangeWords {...each.change} /> : '—'}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
