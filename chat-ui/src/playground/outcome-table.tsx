import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TaskItem } from '#contracts';
import { Button } from '../ui/button.tsx';
import { plural } from '../ui/format.ts';
import { Scrollable } from '../ui/scrollable.tsx';
import { download, toCsv } from './csv.ts';

/** One column of the results: how it is shown, and what it is in a file. */
export interface OutcomeColumn<R> {
  title: string;
  show: (result: R) => ReactNode;
  value: (result: R) => string | number;
}

interface OutcomeTableProps<R> {
  /** Of the file that can be taken away, without its ending. */
  name: string;
  items: TaskItem<R>[];
  texts: string[];
  columns: OutcomeColumn<R>[];
  /** Higher comes first; without it the order is the one sent. Failed texts come last. */
  rank?: (result: R) => number;
}

const cell = 'px-2 py-2.5 align-top sm:px-3';
const number = 'figures py-2.5 pl-4 align-top text-faint sm:pl-5';

/** Many results: each in a table that can be taken away as CSV. */
export function OutcomeTable<R>({ name, items, texts, columns, rank }: OutcomeTableProps<R>) {
  const rows = items.map((item, order) => ({ order, text: texts[order] ?? '', item }));
  const heightOf = (item: TaskItem<R>) => (rank && 'result' in item ? rank(item.result) : -Infinity);
  if (rank) rows.sort((a, b) => heightOf(b.item) - heightOf(a.item));
  const csv = () =>
    toCsv([
      ['text', ...columns.map(({ title }) => title.toLowerCase()), 'error'],
      ...rows.map(({ text, item }) =>
        'error' in item
          ? [text, ...columns.map(() => ''), item.error.detail]
          : [text, ...columns.map(({ value }) => value(item.result)), ''],
      ),
    ]);
  return (
    <div>
      <div className="flex items-center justify-between gap-3 p-4 sm:p-5">
        <p className="figures font-semibold">{plural(items.length, 'text')}</p>
        <Button size="small" onClick={() => download(`${name}.csv`, 'text/csv;charset=utf-8', csv())}>
          <Download aria-hidden="true" /> CSV
        </Button>
      </div>
      <Scrollable label="Results per text" className="border-line border-t">
        <table className="w-full">
          <thead>
            <tr className="border-line border-b text-left text-muted">
              <th scope="col" className={number}>
                #
              </th>
              <th scope="col" className={cell}>
                Text
              </th>
              {columns.map(({ title }) => (
                <th key={title} scope="col" className={cell}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ order, text, item }) => (
              <tr key={order} className="border-line border-b last:border-0">
                <td className={number}>{order + 1}</td>
                <td className={`${cell} wrap-anywhere min-w-24`}>
                  <span className="line-clamp-3">{text}</span>
                </td>
                {'error' in item ? (
                  <td colSpan={columns.length} className={`${cell} text-negative`}>
                    {item.error.detail}
                  </td>
                ) : (
                  columns.map(({ title, show }) => (
                    <td key={title} className={cell}>
                      {show(item.result)}
                    </td>
                  ))
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
    </div>
  );
}
