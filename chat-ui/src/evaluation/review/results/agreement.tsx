import type { Agreement as Agreed, ReviewDetail } from '#contracts';
import { plural } from '../../../ui/format.ts';
import { Interval, IntervalBar } from '../../interval.tsx';

const measures = {
  kappa: { sign: 'κ', name: 'Cohen’s κ, of two raters' },
  alpha: { sign: 'α', name: 'Krippendorff’s α, of several raters' },
};

/** The words of an agreement with its figure, for lists. */
export const agreementLine = ({ measure, value, words }: Agreed): string =>
  `${measures[measure].sign} ${value.toFixed(2)}. ${words}`;

/** How far raters agree beyond chance: the figure with its interval, and what to do with it. */
export function Agreement({
  agreement,
  interval,
}: {
  agreement: Agreed;
  interval: ReviewDetail['interval'];
}) {
  const { measure, value, items, words } = agreement;
  const { low, high } = interval ?? { low: -Number.MAX_VALUE, high: Number.MAX_VALUE };
  const figure = { value, low, high };
  return (
    <div className="space-y-1.5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-medium">
          Agreement <span title={measures[measure].name}>{measures[measure].sign}</span>{' '}
          <Interval figure={figure} />
        </span>
        <span className="text-faint text-xs">on {plural(items, 'item')} that several judged</span>
      </p>
      <IntervalBar figure={figure} from={Math.min(0, value, interval?.low ?? 0)} to={1} />
      <p className="text-muted">{words}</p>
    </div>
  );
}
