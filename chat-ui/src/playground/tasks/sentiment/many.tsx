import { ArrowDown, ArrowUp, ArrowUpDown, Download } from 'lucide-react';
import { useState } from 'react';
import type { SentimentResult, TaskItem } from '#contracts';
import { labelNames, labels } from '../../../sentiment/labels.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { formatSigned, plural } from '../../../ui/format.ts';
import { Scrollable } from '../../../ui/scrollable.tsx';
import { download } from '../../csv.ts';
import { TableRow } from './row.tsx';
import { rowsOf, rowsToCsv, type Sort, type SortKey, sortRows } from './rows.ts';

const columns: { key: SortKey; title: string; className: string }[] = [
  { key: 'order', title: '#', className: 'w-10 sm:w-14' },
  { key: 'text', title: 'Text', className: '' },
  { key: 'label', title: 'Label', className: 'w-28' },
  { key: 'score', title: 'Score', className: 'w-16 sm:w-40' },
];

function Header({ sort, onSort }: { sort: Sort; onSort: (sort: Sort) => void }) {
  return (
    <thead>
      <tr className="border-line border-b text-left">
        {columns.map(({ key, title, className }) => {
          const active = sort.key === key;
          const Arrow = active ? (sort.descending ? ArrowDown : ArrowUp) : ArrowUpDown;
          return (
            <th
              key={key}
              scope="col"
              className={cx('p-0 font-medium', className)}
              aria-sort={active ? (sort.descending ? 'descending' : 'ascending') : 'none'}
            >
              <button
                type="button"
                onClick={() => onSort({ key, descending: active && !sort.descending })}
                className="-outline-offset-2 flex h-9 w-full items-center gap-1 px-2 text-muted sm:px-3 hover:text-ink [th:first-child>&]:pl-4 sm:[th:first-child>&]:pl-5"
              >
                {title}
                <Arrow className={cx('size-3.5', !active && 'opacity-40')} aria-hidden="true" />
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

/** Many verdicts: how they are spread, then each in a table that sorts and can be taken away as CSV. */
export function SentimentTable({ items, texts }: { items: TaskItem<SentimentResult>[]; texts: string[] }) {
  const [sort, setSort] = useState<Sort>({ key: 'order', descending: false });
  const rows = rowsOf(texts, items);
  const results = items.flatMap((item) => ('result' in item ? [item.result] : []));
  const failed = items.length - results.length;
  const mean = results.reduce((sum, result) => sum + result.score, 0) / (results.length || 1);
  const count = (label: string) => results.filter((result) => result.label === label).length;
  return (
    <div>
      <div className="space-y-3 p-4 sm:p-5">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p>
            <span className="figures font-semibold">{plural(items.length, 'text')}</span>
            <span className="text-muted">, mean score </span>
            <span className="figures font-semibold">{formatSigned(mean)}</span>
            {failed > 0 && (
              <Badge tone="bad" className="ml-2">
                {failed} failed
              </Badge>
            )}
          </p>
          <Button
            size="small"
            onClick={() => download('sentiment.csv', 'text/csv;charset=utf-8', rowsToCsv(rows))}
          >
            <Download aria-hidden="true" /> CSV
          </Button>
        </div>
        <div aria-hidden="true" className="flex h-2 gap-0.5 overflow-hidden rounded-full">
          {labelNames.map((name) => (
            <div key={name} className={labels[name].bar} style={{ flexGrow: count(name) }} />
          ))}
        </div>
        <ul className="flex flex-wrap gap-x-5 gap-y-1 text-muted">
          {labelNames.map((name) => (
            <li key={name} className="flex items-center gap-1.5">
              <span aria-hidden="true" className={cx('size-2 rounded-full', labels[name].bar)} />
              {labels[name].word} <span className="figures font-medium text-ink">{count(name)}</span>
            </li>
          ))}
        </ul>
      </div>
      <Scrollable label="Results per text" className="border-line border-t">
        <table className="w-full">
          <Header sort={sort} onSort={setSort} />
          <tbody>
            {sortRows(rows, sort).map((row) => (
              <TableRow key={row.order} row={row} />
            ))}
          </tbody>
        </table>
      </Scrollable>
    </div>
  );
}
