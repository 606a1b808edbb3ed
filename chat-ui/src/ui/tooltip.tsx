import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

/** A short hint on hover and focus. It repeats or adds detail; it never holds the only name of a control. */
export function Tooltip({
  label,
  side,
  children,
}: {
  label: ReactNode;
  side?: Radix.TooltipContentProps['side'];
  children: ReactNode;
}) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="appear z-50 max-w-72 rounded-md bg-ink px-2.5 py-1.5 text-canvas text-xs shadow-float"
        >
          {label}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
