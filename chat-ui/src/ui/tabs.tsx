import { Tabs as Radix } from 'radix-ui';
import { type ReactNode, useEffect, useRef } from 'react';
import { cx } from './cx.ts';

export interface Tab {
  value: string;
  label: ReactNode;
}

/** Tabs whose panels are the caller's `TabPanel`s. */
export function Tabs({
  value,
  onChange,
  manual,
  children,
  className,
}: {
  value: string;
  onChange: (value: string) => void;
  /** The arrow keys only move along; a tab opens by Enter or Space. For tabs that may not be left without a question. */
  manual?: boolean;
  children: ReactNode;
  className?: string;
}) {
  return (
    <Radix.Root
      value={value}
      onValueChange={onChange}
      activationMode={manual ? 'manual' : 'automatic'}
      className={cx('min-w-0', className)}
    >
      {children}
    </Radix.Root>
  );
}

export function TabList({ label, tabs, className }: { label: string; tabs: Tab[]; className?: string }) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => showActive(list.current));
  return (
    <Radix.List ref={list} aria-label={label} className={cx('scroll-x flex gap-1', className)}>
      {tabs.map((tab) => (
        <Radix.Trigger
          key={tab.value}
          value={tab.value}
          className="-outline-offset-2 relative inline-flex h-11 items-center gap-2 whitespace-nowrap px-2.5 font-medium text-muted after:absolute after:inset-x-2.5 after:bottom-0 after:h-0.5 after:rounded-full hover:text-ink data-[state=active]:text-ink data-[state=active]:after:bg-accent forced-colors:data-[state=active]:after:bg-[Highlight] [&_svg]:size-4"
        >
          {tab.label}
        </Radix.Trigger>
      ))}
    </Radix.List>
  );
}

/** Where there are more tabs than fit, the open one is among those that show. */
function showActive(list: HTMLElement | null): void {
  const active = list?.querySelector<HTMLElement>('[data-state=active]');
  if (!list || !active) return;
  const left = active.offsetLeft - list.offsetLeft;
  const hidden = left < list.scrollLeft || left + active.offsetWidth > list.scrollLeft + list.clientWidth;
  if (hidden) list.scrollLeft = left - (list.clientWidth - active.offsetWidth) / 2;
}

export function TabPanel({
  value,
  children,
  className,
}: {
  value: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    <Radix.Content value={value} className={cx('min-w-0 -outline-offset-2', className)}>
      {children}
    </Radix.Content>
  );
}
