import type { ConfusionMatrix } from '#contracts';
import { cx } from '../../ui/cx.ts';
import { formatCount, plural } from '../../ui/format.ts';
import { Panel, PanelHeader } from '../../ui/panel.tsx';
import { Scrollable } from '../../ui/scrollable.tsx';
import type { RunSearch } from '../address.ts';
import type { Cell } from './cell.ts';

interface MatrixPanelProps {
  matrix: ConfusionMatrix;
  /** The cell whose samples are listed. */
  chosen: Cell | undefined;
  onShow: (samples: RunSearch) => void;
}

/** What was taken for what. A cell leads to its samples. */
export function MatrixPanel({ matrix: { labels, counts }, chosen, onShow }: MatrixPanelProps) {
  // The last column, of no answer, is left out where it is empty everywhere.
  const unanswered = counts.some((row) => (row[labels.length] ?? 0) > 0);
  const columns = unanswered ? [...labels, ''] : labels;
  const nameOf = (said: string) => said || 'no answer';
  return (
    <Panel>
      <PanelHeader title="What was taken for what" hint="Expected in rows, answered in columns" />
      <Scrollable label="Confusion matrix" className="p-4 sm:p-5">
        <table className="figures border-separate border-spacing-1 text-center">
          <caption className="sr-only">How often each expected label was answered with each</caption>
          <thead className="text-faint text-xs">
            <tr>
              <th scope="col">
                <span className="sr-only">Expected</span>
              </th>
              {columns.map((said) => (
                <th key={said} scope="col" className="max-w-28 break-words px-1 pb-1 font-medium">
                  {nameOf(said)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {labels.map((expected, row) => {
              const total = counts[row]?.reduce((sum, count) => sum + count, 0) ?? 0;
              return (
                <tr key={expected}>
                  <th scope="row" className="max-w-40 break-words pr-2 text-right font-medium text-xs">
                    {expected}
                  </th>
                  {columns.map((said, column) => {
                    const count = counts[row]?.[column] ?? 0;
                    const right = expected === said;
                    const here = chosen?.expected === expected && chosen.said === said;
                    return (
                      <td key={said} className="p-0">
                        <button
                          type="button"
                          disabled={count === 0}
                          aria-pressed={here}
                          aria-label={`${plural(count, 'answer')}: expected ${expected}, answered ${nameOf(said)}`}
                          onClick={() => onShow({ expected, said })}
                          className={cx(
                            'h-11 w-full min-w-16 rounded-md border border-line px-2 hover:border-line-strong disabled:text-faint',
                            right && 'font-semibold',
                            here && 'border-accent ring-2 ring-accent',
                          )}
                          style={{
                            background: `color-mix(in srgb, var(--${right ? 'positive' : 'negative'}) ${total > 0 ? Math.round((count / total) * 40) : 0}%, var(--surface))`,
                          }}
                        >
                          {formatCount(count)}
                        </button>
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scrollable>
    </Panel>
  );
}
