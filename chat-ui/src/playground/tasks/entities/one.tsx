import type { EntitiesResult } from '#contracts';
import { EntityList } from './list.tsx';
import { MarkedEntities } from './marked.tsx';

/** One text with what was found in it, then the same as a list. */
export function EntitiesOne({ result, text }: { result: EntitiesResult; text: string }) {
  return (
    <div>
      <div className="p-4 sm:p-5">
        <MarkedEntities text={text} entities={result.entities} />
      </div>
      <EntityList entities={result.entities} />
    </div>
  );
}
