import { setImmediate } from 'node:timers/promises';
import type { EntitiesResult, Entity, EntityKind, ModelUsed } from '#contracts';
import { defineTask } from '#inference';
import { findEntities } from '../entities/find.ts';

/** What finds entities where nobody asks for a model: our own patterns, changed when what they find changes. */
export const patterns: ModelUsed = {
  id: 'parlance/entities',
  revision: '1',
  engine: 'builtin',
  dtype: 'fp32',
};

export const entities = defineTask({
  name: 'entities',
  title: 'Entities',
  description:
    'Finds names of people, places and organizations, payment cards, bank accounts, e-mail and web addresses, telephone numbers, IP addresses, dates, amounts of money, national identity numbers, postal addresses and the numbers of orders in English and Spanish texts, with offsets into the text as sent. Check digits and calendars are verified; names are found by a small recogniser that misses some.',
  builtIn: patterns,
  async run(texts, { kinds }): Promise<EntitiesResult[]> {
    return (await entitiesOf(texts, kinds)).map((found) => ({ entities: found }));
  },
});

/** The entities of each text. Others get their turn between two texts: this is work of the process that answers them. */
export async function entitiesOf(texts: string[], kinds?: readonly EntityKind[]): Promise<Entity[][]> {
  const found: Entity[][] = [];
  for (const text of texts) {
    found.push(findEntities(text, kinds));
    await setImmediate();
  }
  return found;
}
