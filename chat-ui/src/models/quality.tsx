import type { ModelStatus } from '#contracts';
import { formatCount } from '../ui/format.ts';
import { Scrollable } from '../ui/scrollable.tsx';

type Quality = ModelStatus['quality'][number];

/** 0.741 (0.728 to 0.754), on a scale to a hundred 47.5 (45.7 to 49.2); the figure alone when no interval was measured. */
export function Interval({ quality }: { quality: Quality }) {
  const { value, low, high } = quality;
  const digits = value <= 1 ? 3 : 1;
  return (
    <span className="figures whitespace-nowrap">
      <span className="font-semibold">{value.toFixed(digits)}</span>
      {low !== undefined && high !== undefined && (
        <span className="text-faint">
          {' '}
          ({low.toFixed(digits)} to {high.toFixed(digits)})
        </span>
      )}
    </span>
  );
}

/** The figure on a line from 0 to 1, with the interval as a band around it. */
export function IntervalBar({ quality: { value, low = value, high = value } }: { quality: Quality }) {
  const at = (share: number) => `${Math.min(1, Math.max(0, share)) * 100}%`;
  return (
    <div
      aria-hidden="true"
      className="relative h-1.5 min-w-24 rounded-full bg-sunken ring-1 ring-line ring-inset"
    >
      <div className="absolute inset-y-0 rounded-full bg-accent/30" style={{ left: 0, width: at(value) }} />
      <div
        className="-inset-y-0.5 absolute rounded-full bg-accent"
        style={{ left: at(low), width: `max(3px, ${at(high - low)})` }}
      />
    </div>
  );
}

/** Everything that was measured, one line each. */
export function QualityTable({ quality }: { quality: Quality[] }) {
  return (
    <Scrollable label="Measured quality">
      <table className="w-full text-left">
        <thead className="text-faint text-xs">
          <tr className="border-line border-b">
            <th scope="col" className="px-4 py-2 font-medium sm:px-5">
              Dataset
            </th>
            <th scope="col" className="px-3 py-2 font-medium">
              Metric
            </th>
            <th scope="col" className="px-3 py-2 font-medium">
              Value, 95 % interval
            </th>
            <th scope="col" className="w-40 px-3 py-2">
              <span className="sr-only">On a line from 0 to 1</span>
            </th>
            <th scope="col" className="px-4 py-2 text-right font-medium sm:px-5">
              Rows
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {quality.map((each) => (
            <tr key={each.dataset + each.metric}>
              <th scope="row" className="min-w-40 px-4 py-2.5 font-normal sm:px-5">
                {each.dataset}
              </th>
              <td className="px-3 py-2.5 text-muted">{each.metric}</td>
              <td className="px-3 py-2.5">
                <Interval quality={each} />
              </td>
              <td className="px-3 py-2.5">{each.value <= 1 && <IntervalBar quality={each} />}</td>
              <td className="figures px-4 py-2.5 text-right sm:px-5">{formatCount(each.rows)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
}
