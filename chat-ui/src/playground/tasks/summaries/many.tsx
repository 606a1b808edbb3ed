import { Download } from 'lucide-react';
import type { SummariesResult, TaskItem } from '#contracts';
import { Button } from '../../../ui/button.tsx';
import { plural } from '../../../ui/format.ts';
import { download, toCsv } from '../../csv.ts';

/** The summary of each text beside the text, to be taken away as CSV. */
export function SummariesMany({ items, texts }: { items: TaskItem<SummariesResult>[]; texts: string[] }) {
  const rows = items.map((item, order) => ({ order, text: texts[order] ?? '', item }));
  const csv = () =>
    toCsv([
      ['text', 'summary', 'error'],
      ...rows.map(({ text, item }) =>
        'error' in item ? [text, '', item.error.detail] : [text, item.result.text, ''],
      ),
    ]);
  return (
    <div>
      <div className="flex items-center justify-between gap-3 p-4 sm:p-5">
        <p className="figures font-semibold">{plural(items.length, 'text')}</p>
        <Button size="small" onClick={() => download('summaries.csv', 'text/csv;charset=utf-8', csv())}>
          <Download aria-hidden="true" /> CSV
        </Button>
      </div>
      <ol className="divide-y divide-line border-line border-t">
        {rows.map(({ order, text, item }) => (
          <li key={order} className="space-y-1 px-4 py-3 sm:px-5">
            {'error' in item ? (
              <p className="text-negative">{item.error.detail}</p>
            ) : (
              <p dir="auto" className="break-words">
                {item.result.text}
              </p>
            )}
            <p dir="auto" className="line-clamp-2 break-words text-faint text-xs">
              {text}
            </p>
          </li>
        ))}
      </ol>
    </div>
  );
}
