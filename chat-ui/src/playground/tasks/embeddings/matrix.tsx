import { Scrollable } from '../../../ui/scrollable.tsx';
import { cosine } from './vectors.ts';

export interface Labelled {
  /** Place among the texts as sent. */
  order: number;
  text: string;
  vector: number[];
}

/** The cell's tint grows with the similarity; below zero it stays plain. The number is always there. */
const tint = (similarity: number): React.CSSProperties => ({
  backgroundColor: `color-mix(in srgb, var(--accent) ${Math.round(Math.max(0, similarity) * 42)}%, transparent)`,
});

/** Cosine similarity of every text with every other. */
export function SimilarityMatrix({
  rows,
  selected,
  onSelect,
}: {
  rows: Labelled[];
  selected: number;
  onSelect: (order: number) => void;
}) {
  return (
    <Scrollable label="Cosine similarity">
      <table className="figures w-full border-separate border-spacing-0.5 text-center text-[0.8125rem]">
        <thead>
          <tr>
            <th scope="col" className="min-w-28 text-left sm:min-w-40 font-medium text-faint text-xs">
              Text
            </th>
            {rows.map((row) => (
              <th
                key={row.order}
                scope="col"
                title={row.text}
                className="min-w-12 py-1 font-medium text-faint text-xs"
              >
                {row.order + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.order}>
              <th scope="row" className="max-w-32 p-0 sm:max-w-64 text-left font-normal">
                <button
                  type="button"
                  title={row.text}
                  aria-pressed={row.order === selected}
                  onClick={() => onSelect(row.order)}
                  className="flex h-9 w-full items-center gap-2 rounded-md px-1.5 text-left hover:bg-sunken aria-pressed:bg-accent-soft aria-pressed:text-accent"
                >
                  <span className="figures w-5 shrink-0 text-right text-faint text-xs">{row.order + 1}</span>
                  <span className="truncate">{row.text}</span>
                </button>
              </th>
              {rows.map((column) => {
                const similarity = cosine(row.vector, column.vector);
                return (
                  <td
                    key={column.order}
                    title={`${row.order + 1} and ${column.order + 1}: ${similarity.toFixed(4)}`}
                    className="rounded-md"
                    style={tint(similarity)}
                  >
                    {row.order === column.order ? '1' : similarity.toFixed(2).replace('-', '−')}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
}
