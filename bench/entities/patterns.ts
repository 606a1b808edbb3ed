import type { EntityKind } from '#contracts';
import { type Proportion, proportion } from '#eval';
import { findEntities } from '#nlp';
import { placed } from './carriers.ts';
import { disguised } from './disguise.ts';
import { type Maker, makers } from './makers.ts';
import type { Random } from './random.ts';

/** Of one kind: values found with kind and both ends right, all found ones that are right, and values no character of which was left. */
export interface PatternFigures {
  recall: Proportion;
  precision: Proportion;
  covered: Proportion;
}

/** Injects as many real values as near misses of each kind, and counts. @param show prints what went wrong */
export function measurePatterns(
  carriers: string[],
  perKind: number,
  random: Random,
  show: (line: string) => void,
): Record<string, PatternFigures> {
  const counts = new Map<EntityKind, { right: number; covered: number; claimed: number }>();
  const of = (kind: EntityKind) => counts.get(kind) ?? { right: 0, covered: 0, claimed: 0 };
  const add = (kind: EntityKind, more: Partial<{ right: number; covered: number; claimed: number }>) => {
    const { right, covered, claimed } = of(kind);
    counts.set(kind, {
      right: right + (more.right ?? 0),
      covered: covered + (more.covered ?? 0),
      claimed: claimed + (more.claimed ?? 0),
    });
  };
  for (const [kind, maker] of Object.entries(makers) as [EntityKind, Maker][]) {
    for (let at = 0; at < perKind * 2; at++) {
      const real = at < perKind;
      const made = real ? maker.real(random) : maker.nearMiss(random);
      const value = random.chance(0.4) ? disguised(made, random) : made;
      const { text, start } = placed(random.one(carriers), value, random);
      const end = start + value.length;
      const found = findEntities(text).filter((entity) => entity.type in makers);
      for (const entity of found) {
        add(entity.type, { claimed: 1 });
        const right = real && entity.type === kind && entity.start === start && entity.end === end;
        if (right) add(kind, { right: 1 });
        else
          show(
            `${real ? kind : `no ${kind}`} ${JSON.stringify(value)}: ${entity.type} ${JSON.stringify(entity.text)} in ${JSON.stringify(text)}`,
          );
      }
      if (!real) continue;
      if (found.some((entity) => entity.start <= start && entity.end >= end)) add(kind, { covered: 1 });
      else if (found.length === 0)
        show(`${kind} ${JSON.stringify(value)}: missed in ${JSON.stringify(text)}`);
    }
  }
  return Object.fromEntries(
    (Object.keys(makers) as EntityKind[]).map((kind) => {
      const { right, covered, claimed } = of(kind);
      return [
        kind,
        {
          recall: proportion(right, perKind),
          precision: proportion(right, claimed),
          covered: proportion(covered, perKind),
        },
      ];
    }),
  );
}
