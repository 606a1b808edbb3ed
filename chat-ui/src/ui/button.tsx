import type { ComponentProps } from 'react';
import { cx } from './cx.ts';

const variants = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-strong shadow-card forced-colors:border',
  secondary: 'border border-line bg-surface text-ink hover:bg-sunken shadow-card',
  ghost: 'text-muted hover:bg-sunken hover:text-ink',
  danger: 'bg-negative text-surface hover:opacity-90 dark:text-canvas forced-colors:border',
};
const sizes = {
  small: 'h-8 gap-1.5 rounded-lg px-2.5 text-[0.8125rem]',
  medium: 'h-9 gap-2 rounded-lg px-3.5',
  icon: 'size-9 justify-center rounded-lg',
};

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: keyof typeof variants;
  size?: keyof typeof sizes;
}

/** The look of a button, for links that act like one. */
export const buttonClass = (
  variant: keyof typeof variants = 'secondary',
  size: keyof typeof sizes = 'medium',
): string =>
  cx(
    'inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap font-medium transition-colors duration-100 disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
    variants[variant],
    sizes[size],
  );

export function Button({ variant, size, className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={cx(buttonClass(variant, size), className)} {...rest} />;
}
