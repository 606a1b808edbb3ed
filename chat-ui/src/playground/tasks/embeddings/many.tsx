import { useState } from 'react';
import type { EmbeddingsResult, TaskItem } from '#contracts';
import { formatCount, plural } from '../../../ui/format.ts';
import { type Labelled, SimilarityMatrix } from './matrix.tsx';
import { EmbeddingsOne } from './one.tsx';
import { pairsOf, vectorOf } from './vectors.ts';

/** More rows than this are not readable as a table of numbers. */
const mostRows = 24;

/** Several vectors compared: the closest pairs, the whole matrix, and one vector to look at. */
export function EmbeddingsMany({ items, texts }: { items: TaskItem<EmbeddingsResult>[]; texts: string[] }) {
  const [selected, setSelected] = useState(0);
  const rows: Labelled[] = items.flatMap((item, order) =>
    'result' in item ? [{ order, text: texts[order] ?? '', vector: vectorOf(item.result) }] : [],
  );
  const failures = items.flatMap((item, order) =>
    'error' in item ? [{ order, detail: item.error.detail }] : [],
  );
  const shown = rows.slice(0, mostRows);
  const pairs = pairsOf(shown.map((row) => row.vector));
  const inspected = shown.find((row) => row.order === selected) ?? shown[0];
  return (
    <div className="divide-y divide-line">
      {failures.length > 0 && (
        <ul className="space-y-1 bg-negative-soft p-4 text-negative sm:px-5">
          {failures.map((failure) => (
            <li key={failure.order}>
              Text {failure.order + 1}: {failure.detail}
            </li>
          ))}
        </ul>
      )}
      {shown.length > 1 && (
        <section className="space-y-3 p-4 sm:p-5">
          <div>
            <h3 className="font-semibold">How alike they are</h3>
            <p className="text-faint text-xs">
              Cosine similarity: 1 is the same direction, 0 is unrelated.
              {rows.length > mostRows && ` The first ${mostRows} of ${formatCount(rows.length)} texts.`}
            </p>
          </div>
          <SimilarityMatrix rows={shown} selected={inspected?.order ?? 0} onSelect={setSelected} />
        </section>
      )}
      {pairs.length > 1 && (
        <section className="p-4 sm:p-5">
          <h3 className="mb-2 font-semibold">Closest pairs</h3>
          <ol className="space-y-1.5">
            {pairs.slice(0, 3).map((pair) => (
              <li key={`${pair.a}-${pair.b}`} className="flex items-baseline gap-3">
                <span className="figures w-10 shrink-0 font-semibold text-accent">
                  {pair.similarity.toFixed(2).replace('-', '−')}
                </span>
                <span className="min-w-0 break-words">
                  {shown[pair.a]?.text} <span className="text-faint">and</span> {shown[pair.b]?.text}
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
      {inspected && (
        <section>
          <h3 className="px-4 pt-4 font-semibold sm:px-5">
            {plural(inspected.vector.length, 'dimension')} of text {inspected.order + 1}
          </h3>
          <EmbeddingsOne result={{ vector: inspected.vector }} text={inspected.text} />
        </section>
      )}
    </div>
  );
}
