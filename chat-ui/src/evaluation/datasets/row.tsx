import { PencilLine, Trash2 } from 'lucide-react';
import type { LabelledRow } from '#contracts';
import { Button } from '../../ui/button.tsx';
import { Time } from '../../ui/time.tsx';
import { Origin } from './origin.tsx';
import { Said } from './said.tsx';

interface RowProps {
  row: LabelledRow;
  onChange: () => void;
  onRemove: () => void;
}

/** One row: what is asked, what is right, and where it comes from. */
export function Row({ row, onChange, onRemove }: RowProps) {
  const { input, expected, group, note, from, byName, at } = row;
  return (
    <li
      // biome-ignore lint/a11y/noNoninteractiveTabindex: J and K lead from row to row, and keys act on the one that is reached
      tabIndex={0}
      data-entry
      data-row={row.id}
      className="-outline-offset-2 space-y-2 px-4 py-4 sm:px-5"
    >
      <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
        <Part title="Input" value={input} />
        <Part title="Expected" value={expected} />
      </div>
      {note && <p className="break-words text-muted italic">{note}</p>}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-faint text-xs">
        <span>
          by {byName} <Time at={at} />, from <Origin from={from} />
        </span>
        {group !== null && <span className="break-all">group {group}</span>}
        <span className="ml-auto flex gap-1">
          <Button size="small" variant="ghost" onClick={onChange}>
            <PencilLine aria-hidden="true" /> Change
          </Button>
          <Button size="small" variant="ghost" onClick={onRemove}>
            <Trash2 aria-hidden="true" /> Remove
          </Button>
        </span>
      </div>
    </li>
  );
}

function Part({ title, value }: { title: string; value: unknown }) {
  return (
    <div className="min-w-0">
      <h3 className="mb-0.5 text-faint text-xs">{title}</h3>
      <div className="max-h-72 overflow-y-auto leading-6">
        <Said value={value} />
      </div>
    </div>
  );
}
