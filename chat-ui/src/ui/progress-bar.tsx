import { cx } from './cx.ts';

interface ProgressBarProps {
  /** Of what. */
  label: string;
  /** Between 0 and 1; undefined where nobody knows how much there is. */
  share: number | undefined;
  /** The same in words. */
  said: string;
  className?: string;
}

/** How far something is. */
export function ProgressBar({ label, share, said, className }: ProgressBarProps) {
  const percent = share === undefined ? undefined : Math.min(1, share) * 100;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent === undefined ? undefined : Math.round(percent)}
      aria-valuetext={said}
      className={cx('h-1.5 overflow-hidden rounded-full bg-sunken ring-1 ring-line ring-inset', className)}
    >
      <div
        className={cx(
          'h-full rounded-full bg-accent transition-[width] forced-colors:bg-[CanvasText]',
          percent === undefined && 'pulse-soft',
        )}
        style={{ width: `${percent ?? 100}%` }}
      />
    </div>
  );
}
