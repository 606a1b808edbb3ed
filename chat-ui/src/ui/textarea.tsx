import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import { inputClass } from './field.tsx';

/** A box that grows with its text, from `rows` lines to ten more. */
export function Textarea({ className, rows = 3, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      rows={rows}
      className={cx(inputClass, 'field-sizing-content block resize-y py-2 leading-relaxed', className)}
      style={{
        minHeight: `calc(${rows} * 1.625em + 1.125rem)`,
        maxHeight: `calc(${rows + 10} * 1.625em + 1.125rem)`,
      }}
      {...rest}
    />
  );
}
