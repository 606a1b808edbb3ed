import { formatPercent } from '../ui/format.ts';

export interface Chance {
  name: string;
  /** In 0…1. */
  value: number;
}

/** How likely each of some outcomes is, as bars of one length. */
export function Chances({ chances }: { chances: Chance[] }) {
  return (
    <dl className="space-y-2.5">
      {chances.map(({ name, value }) => (
        <div key={name} className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_3.75rem] items-center gap-3">
          <dt className="break-words text-muted">{name}</dt>
          <dd
            aria-hidden="true"
            className="h-2 overflow-hidden rounded-full bg-sunken ring-1 ring-line ring-inset"
          >
            <div
              className="h-full rounded-full bg-accent transition-[width] duration-300"
              style={{ width: `${Math.max(0, value) * 100}%` }}
            />
          </dd>
          <dd className="figures text-right font-medium">{formatPercent(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
