import { formatCount } from '../../../ui/format.ts';

/** How much of what should be judged is, as a bar and in numbers. */
export function Progress({ judged, wanted, label }: { judged: number; wanted: number; label: string }) {
  const most = Math.max(1, wanted);
  return (
    <div className="flex min-w-0 items-center gap-3">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={wanted}
        aria-valuenow={judged}
        className="h-1.5 min-w-16 grow overflow-hidden rounded-full bg-neutral-soft forced-colors:border"
      >
        <div
          className="h-full rounded-full bg-accent transition-[width] forced-colors:bg-[Highlight]"
          style={{ width: `${Math.min(100, (judged / most) * 100)}%` }}
        />
      </div>
      <span className="figures whitespace-nowrap text-muted text-xs">
        {formatCount(judged)} of {formatCount(wanted)}
      </span>
    </div>
  );
}
