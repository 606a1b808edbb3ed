import { Hourglass } from 'lucide-react';
import { useEffect } from 'react';
import { Button } from '../../../ui/button.tsx';
import { useNow } from '../../../ui/now.ts';

/** Says when the time for an item is over: from then on somebody else may be given it. Whoever comes back is given one anew. */
export function Lease({ until, onRenew }: { until: string; onRenew: () => void }) {
  const over = useNow() >= Date.parse(until);
  useEffect(() => {
    if (!over) return;
    const look = () => document.hidden || onRenew();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [over, onRenew]);
  if (!over) return null;
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg bg-warning-soft px-4 py-2.5 text-warning"
    >
      <Hourglass className="size-4 shrink-0" aria-hidden="true" />
      <span className="min-w-0 grow basis-48">
        Your time with this item is over. It is still yours unless somebody else was given it.
      </span>
      <Button size="small" onClick={onRenew}>
        Ask for it anew
      </Button>
    </div>
  );
}
