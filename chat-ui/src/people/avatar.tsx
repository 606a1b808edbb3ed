import { cx } from '../ui/cx.ts';
import { initialsOf } from './rules.ts';

/** Somebody's initials; the name stands beside it. */
export function Avatar({ name, className }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        'grid size-9 shrink-0 select-none place-items-center rounded-full bg-accent-soft font-semibold text-accent text-xs forced-colors:border',
        className,
      )}
    >
      {initialsOf(name)}
    </span>
  );
}
