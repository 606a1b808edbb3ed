import type { EntitiesResult, TaskItem } from '#contracts';
import { Badge } from '../../../ui/badge.tsx';
import { plural } from '../../../ui/format.ts';
import { countsOf } from './counts.ts';
import { kinds } from './kinds.ts';
import { MarkedEntities } from './marked.tsx';

/** Many texts: how much of each kind, then each text with its marks. */
export function EntitiesMany({ items, texts }: { items: TaskItem<EntitiesResult>[]; texts: string[] }) {
  const counts = countsOf(items.flatMap((item) => ('result' in item ? item.result.entities : [])));
  return (
    <div>
      <div className="flex flex-wrap items-center gap-2 p-4 sm:p-5">
        <span className="figures font-semibold">{plural(items.length, 'text')}</span>
        {counts.map(([kind, count]) => (
          <Badge key={kind} tone={kinds[kind].tone}>
            {kinds[kind].word} <span className="figures">{count}</span>
          </Badge>
        ))}
      </div>
      <ol className="divide-y divide-line border-line border-t">
        {items.map((item, order) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order sent is all that tells equal texts apart
          <li key={order} className="px-4 py-2.5 sm:px-5">
            {'result' in item ? (
              <MarkedEntities text={texts[order] ?? ''} entities={item.result.entities} />
            ) : (
              <p className="text-negative">
                Text {order + 1}: {item.error.detail}
              </p>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}
