import { cx } from '../ui/cx.ts';
import { formatPercent, formatSigned } from '../ui/format.ts';
import { labelNames, labels } from './labels.tsx';

const position = (score: number): number => ((score + 5) / 10) * 100;

/** A score on the line from −5 to +5, filled from zero. */
export function ScoreScale({ score, small }: { score: number; small?: boolean }) {
  const from = Math.min(50, position(score));
  const side = score < 0 ? 'negative' : score > 0 ? 'positive' : 'neutral';
  return (
    <div className={small ? 'w-20' : 'w-full'}>
      <div
        aria-hidden="true"
        className={cx(
          'relative rounded-full bg-sunken ring-1 ring-line ring-inset',
          small ? 'h-1.5' : 'h-2.5',
        )}
      >
        <div
          className={cx('absolute inset-y-0 rounded-full', labels[side].bar)}
          style={{ left: `${from}%`, width: `${Math.abs(position(score) - 50)}%` }}
        />
        <div className="absolute -inset-y-1 left-1/2 w-px bg-line-strong" />
        {!small && (
          <div
            className={cx(
              '-translate-x-1/2 absolute top-1/2 size-4 -translate-y-1/2 rounded-full ring-[3px] ring-surface',
              labels[side].bar,
            )}
            style={{ left: `${position(score)}%` }}
          />
        )}
      </div>
      {!small && (
        <div aria-hidden="true" className="figures mt-2 flex justify-between text-faint text-xs">
          <span>−5</span>
          <span>0</span>
          <span>+5</span>
        </div>
      )}
      <span className="sr-only">Score {formatSigned(score)} on a scale from −5 to +5</span>
    </div>
  );
}

/** The three class probabilities as bars of one length. */
export function ProbabilityBars({
  probabilities,
}: {
  probabilities: Record<'negative' | 'neutral' | 'positive', number>;
}) {
  return (
    <dl className="space-y-2.5">
      {labelNames.map((name) => (
        <div key={name} className="grid grid-cols-[4.5rem_minmax(0,1fr)_3.75rem] items-center gap-3">
          <dt className="text-muted">{labels[name].word}</dt>
          <dd
            aria-hidden="true"
            className="h-2 overflow-hidden rounded-full bg-sunken ring-1 ring-line ring-inset"
          >
            <div
              className={cx('h-full rounded-full transition-[width] duration-300', labels[name].bar)}
              style={{ width: `${probabilities[name] * 100}%` }}
            />
          </dd>
          <dd className="figures text-right font-medium">{formatPercent(probabilities[name])}</dd>
        </div>
      ))}
    </dl>
  );
}
