import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { cx } from '../ui/cx.ts';

/** Longer lists start folded: nobody reads 384 numbers to find the field after them. */
const foldFrom = 12;

function Leaf({ value }: { value: unknown }) {
  const colour =
    typeof value === 'string' ? 'text-positive' : typeof value === 'number' ? 'text-accent' : 'text-warning';
  return <span className={`${colour} break-words`}>{JSON.stringify(value)}</span>;
}

function Branch({ name, value, depth }: { name?: string; value: object; depth: number }) {
  const entries = Object.entries(value);
  const list = Array.isArray(value);
  const [open, setOpen] = useState(depth < 3 && entries.length <= foldFrom);
  const what = `${entries.length} ${list ? (entries.length === 1 ? 'item' : 'items') : entries.length === 1 ? 'field' : 'fields'}`;
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="-ml-4 flex list-none items-center gap-0.5 rounded hover:bg-neutral-soft">
        <ChevronRight
          className={cx('size-3.5 shrink-0 text-faint transition-transform', open && 'rotate-90')}
          aria-hidden="true"
        />
        {name !== undefined && <span className="text-muted">{name}:</span>}
        <span className="ml-1 text-faint">
          {list ? '[' : '{'} {what} {list ? ']' : '}'}
        </span>
      </summary>
      {open && (
        <div className="ml-1.5 border-line border-l pl-5">
          {entries.map(([key, each]) => (
            <Node key={key} name={key} value={each} depth={depth + 1} />
          ))}
        </div>
      )}
    </details>
  );
}

function Node({ name, value, depth }: { name?: string; value: unknown; depth: number }) {
  if (value && typeof value === 'object') return <Branch name={name} value={value} depth={depth} />;
  return (
    <div>
      {name !== undefined && <span className="mr-1.5 text-muted">{name}:</span>}
      <Leaf value={value} />
    </div>
  );
}

/** A JSON value that opens and closes. */
export function JsonTree({ value }: { value: unknown }) {
  return (
    <div className="pl-4 font-mono text-[0.8125rem] leading-6">
      <Node value={value} depth={0} />
    </div>
  );
}
