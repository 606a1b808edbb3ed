import type { ReactNode } from 'react';
import { cx } from './cx.ts';

/** A box whose wide content scrolls inside it, by keyboard too. */
export function Scrollable({
  label,
  className,
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard cannot scroll the box
      tabIndex={0}
      className={cx('scroll-x -outline-offset-2 relative', className)}
    >
      {children}
    </section>
  );
}
