import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';

/** A bordered surface that groups one thing. */
export function Panel({ className, ...rest }: ComponentProps<'section'>) {
  return (
    <section
      className={cx('min-w-0 rounded-xl border border-line bg-surface shadow-card', className)}
      {...rest}
    />
  );
}

/** The heading row of a panel, with room for actions on the right. */
export function PanelHeader({
  title,
  hint,
  children,
}: {
  title: ReactNode;
  hint?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line border-b px-4 py-3 sm:px-5">
      <div className="min-w-0">
        <h2 className="font-semibold text-[0.9375rem]">{title}</h2>
        {hint && <p className="text-faint text-xs">{hint}</p>}
      </div>
      {children}
    </div>
  );
}
