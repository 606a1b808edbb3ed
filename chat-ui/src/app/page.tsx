import type { ReactNode } from 'react';
import { cx } from '../ui/cx.ts';

/** The measure of a page: its width, its margins and, where it helps, a line that says what the page is for. */
export function Page({
  intro,
  actions,
  wide,
  children,
}: {
  intro?: ReactNode;
  actions?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      className={cx(
        'mx-auto w-full space-y-5 px-4 py-5 sm:px-6 sm:py-6',
        wide ? 'max-w-[88rem]' : 'max-w-5xl',
      )}
    >
      {(intro || actions) && (
        <div className="flex min-h-9 flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <p className="max-w-3xl text-muted">{intro}</p>
          {actions}
        </div>
      )}
      {children}
    </div>
  );
}
