import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export const tones = {
  plain: 'bg-neutral-soft text-neutral',
  accent: 'bg-accent-soft text-accent',
  good: 'bg-positive-soft text-positive',
  warning: 'bg-warning-soft text-warning',
  bad: 'bg-negative-soft text-negative',
};
export type Tone = keyof typeof tones;

/** A small status or category, always with a word in it: colour alone says nothing. */
export function Badge({
  tone = 'plain',
  className,
  children,
}: {
  tone?: Tone;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1 whitespace-nowrap rounded-md px-1.5 py-0.5 font-medium text-xs [&_svg]:size-3.5',
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
