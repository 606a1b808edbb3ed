import { Hourglass } from 'lucide-react';
import { cx } from '../../ui/cx.ts';
import { useNow } from '../../ui/now.ts';

/** Seconds after which waiting becomes a worry, and then a fault. */
const steps = { worry: 60, fault: 300 };

/** 0:05, 12:40, 3 h. */
export function formatWait(seconds: number): string {
  if (seconds >= 86_400) return `${Math.floor(seconds / 86_400)} d`;
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** How long a customer has been waiting for a person. */
export function WaitTimer({ since, className }: { since: string; className?: string }) {
  const seconds = Math.max(0, Math.floor((useNow() - Date.parse(since)) / 1000));
  return (
    <span
      className={cx(
        'figures inline-flex shrink-0 items-center gap-1 whitespace-nowrap rounded-md px-1.5 font-semibold text-xs',
        seconds < steps.worry && 'bg-neutral-soft text-neutral',
        seconds >= steps.worry && seconds < steps.fault && 'bg-warning-soft text-warning',
        seconds >= steps.fault && 'bg-negative-soft text-negative',
        className,
      )}
    >
      <Hourglass className="size-3" aria-hidden="true" />
      <span className="sr-only">waiting</span>
      {formatWait(seconds)}
    </span>
  );
}
