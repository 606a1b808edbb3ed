import type { Entity, EntityKind } from '#contracts';

/** How many of each kind, the most first; kinds alike in number by name. */
export function countsOf(entities: Entity[]): [kind: EntityKind, count: number][] {
  const counts = new Map<EntityKind, number>();
  for (const { type } of entities) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
}
