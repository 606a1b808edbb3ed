import type { Entity } from '#contracts';
import { tones } from '../../../ui/badge.tsx';
import { cx } from '../../../ui/cx.ts';
import { kinds } from './kinds.ts';

/** A text with its entities marked, each with the word for its kind. */
export function MarkedEntities({ text, entities }: { text: string; entities: Entity[] }) {
  return (
    <p className="max-h-96 overflow-y-auto whitespace-pre-wrap break-words text-base leading-8">
      {entities.map((entity, at) => {
        const { word, tone } = kinds[entity.type];
        return (
          <span key={entity.start}>
            {text.slice(entities[at - 1]?.end ?? 0, entity.start)}
            <mark className={cx('rounded-[3px] px-1 py-0.5', tones[tone])}>
              {entity.text}
              <span className="ml-1 select-none text-xs opacity-80">{word}</span>
            </mark>
          </span>
        );
      })}
      {text.slice(entities.at(-1)?.end ?? 0)}
    </p>
  );
}
