import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { useReturnFocus } from './use-return-focus.ts';

/**
 * A side of the window over the page: for what one looks at beside it. Escape closes it and the focus goes back. A notice can be
 * answered meanwhile.
 */
export function Sheet({
  open,
  onOpenChange,
  side = 'right',
  title,
  hideTitle,
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  side?: 'left' | 'right';
  title: string;
  hideTitle?: boolean;
  children: ReactNode;
}) {
  const focus = useReturnFocus(open);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Radix.Content
          aria-describedby={undefined}
          onInteractOutside={(event) => {
            if (event.target instanceof Element && event.target.closest('[data-sonner-toaster]'))
              event.preventDefault();
          }}
          {...focus}
          className={cx(
            'appear fixed inset-y-0 z-50 flex w-[min(26rem,calc(100vw-2rem))] flex-col border-line bg-raised shadow-float',
            side === 'right' ? 'right-0 border-l' : 'left-0 border-r',
          )}
        >
          <div className="flex items-center justify-between gap-4 border-line border-b py-2.5 pr-2.5 pl-5">
            <Radix.Title className={cx('min-w-0 font-semibold text-base', hideTitle && 'sr-only')}>
              {title}
            </Radix.Title>
            <Radix.Close asChild>
              <Button variant="ghost" size="icon" aria-label="Close" className="ml-auto">
                <X aria-hidden="true" />
              </Button>
            </Radix.Close>
          </div>
          <div className="min-h-0 grow overflow-y-auto">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
