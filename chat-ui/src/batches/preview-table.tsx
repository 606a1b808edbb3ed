import { cx } from '../ui/cx.ts';
import { Scrollable } from '../ui/scrollable.tsx';
import type { Preview } from './preview.ts';

/** The first rows of a file, with the column that holds the text marked. */
export function PreviewTable({ preview, column }: { preview: Preview; column: string | undefined }) {
  return (
    <Scrollable label="The first rows" className="rounded-lg border border-line">
      <table className="w-full text-left text-xs">
        <thead>
          <tr className="border-line border-b bg-sunken/60 text-faint">
            {preview.columns.map((name, at) => (
              <th
                // biome-ignore lint/suspicious/noArrayIndexKey: a header may have a name twice
                key={at}
                scope="col"
                className={cx('px-3 py-2 font-medium', name === column && 'text-accent')}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {preview.rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows keep their places
            <tr key={row}>
              {preview.columns.map((name, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <td key={at} className="max-w-64 px-3 py-2">
                  <span className={cx('line-clamp-2 break-words', name !== column && 'text-muted')}>
                    {cells[at]}
                  </span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
}
