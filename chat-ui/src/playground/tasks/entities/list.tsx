import type { Entity } from '#contracts';
import { Badge } from '../../../ui/badge.tsx';
import { Scrollable } from '../../../ui/scrollable.tsx';
import { kinds, sources } from './kinds.ts';

/** The entities of a text, in its order: what, where, and what says so. */
export function EntityList({ entities }: { entities: Entity[] }) {
  if (entities.length === 0)
    return <p className="p-4 text-muted sm:p-5">Nothing of these kinds was found in this text.</p>;
  return (
    <Scrollable label="Entities" className="border-line border-t">
      <table className="w-full">
        <thead className="text-left text-faint text-xs">
          <tr className="border-line border-b">
            {['Kind', 'Text', 'Place', 'Score', 'Because'].map((title) => (
              <th key={title} scope="col" className="px-4 py-2 font-medium">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entities.map((entity) => (
            <tr key={entity.start} className="border-line border-b align-top last:border-0">
              <td className="px-4 py-2">
                <Badge tone={kinds[entity.type].tone}>{kinds[entity.type].word}</Badge>
              </td>
              <td className="min-w-36 px-4 py-2 font-medium [overflow-wrap:anywhere]">{entity.text}</td>
              <td className="figures whitespace-nowrap px-4 py-2 text-muted">
                {entity.start}–{entity.end}
              </td>
              <td className="figures px-4 py-2">{entity.score.toFixed(2)}</td>
              <td className="px-4 py-2 text-muted">{sources[entity.source]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
}
