import { cx } from './cx.ts';

/** The mark: a P drawn as a speech bubble. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={cx('size-7 shrink-0', className)}>
      <rect width="32" height="32" rx="9" className="fill-accent" />
      <path
        d="M10 25.5V14.6a6.6 6.6 0 1 1 6.6 6.6h-2.4z"
        fill="none"
        strokeWidth="3.2"
        strokeLinejoin="round"
        strokeLinecap="round"
        className="stroke-accent-ink"
      />
      <circle cx="16.6" cy="14.6" r="1.9" className="fill-accent-ink" />
    </svg>
  );
}
