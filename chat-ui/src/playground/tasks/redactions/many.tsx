import { Download } from 'lucide-react';
import type { RedactionsResult, TaskItem } from '#contracts';
import { Button } from '../../../ui/button.tsx';
import { plural } from '../../../ui/format.ts';
import { download, toCsv } from '../../csv.ts';

/** Many redacted texts, to read and to take away as CSV. */
export function RedactionMany({ items }: { items: TaskItem<RedactionsResult>[]; texts: string[] }) {
  const taken = items.reduce((sum, item) => sum + ('result' in item ? item.result.entities.length : 0), 0);
  const csv = () =>
    toCsv([
      ['redacted', 'error'],
      ...items.map((item) => ('result' in item ? [item.result.text, ''] : ['', item.error.detail])),
    ]);
  return (
    <div>
      <div className="flex flex-wrap items-center justify-between gap-3 p-4 sm:p-5">
        <p>
          <span className="figures font-semibold">{plural(items.length, 'text')}</span>
          <span className="text-muted">, {plural(taken, 'value')} taken out</span>
        </p>
        <Button size="small" onClick={() => download('redacted.csv', 'text/csv;charset=utf-8', csv())}>
          <Download aria-hidden="true" /> CSV
        </Button>
      </div>
      <ol className="divide-y divide-line border-line border-t">
        {items.map((item, order) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order sent is all that tells equal texts apart
          <li key={order} className="whitespace-pre-wrap break-words px-4 py-2.5 sm:px-5">
            {'result' in item ? (
              item.result.text
            ) : (
              <span className="text-negative">
                Text {order + 1}: {item.error.detail}
              </span>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}
