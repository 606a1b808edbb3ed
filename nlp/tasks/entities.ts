import { setImmediate } from 'node:timers/promises';
import {
  type EntitiesOptions,
  type EntitiesResult,
  type Entity,
  type ModelUsed,
  ParlanceError,
} from '#contracts';
import { defineTask, type ModelCall } from '#inference';
import { findEntities } from '../entities/find.ts';
import { taggedEntities } from '../entities/tagged.ts';

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
    'Finds names of people, places and organizations, payment cards, bank accounts, e-mail and web addresses, telephone numbers, IP addresses, dates, amounts of money, national identity numbers, postal addresses and the numbers of orders in English and Spanish texts, with offsets into the text as sent. Check digits and calendars are verified; names are found by a small recogniser that misses some, or by a token classifier that is asked for as the model.',
  builtIn: patterns,
  checkOptions(options, call) {
    if (!call.chosen) refuseWithoutModel(options);
  },
  async run(texts, options, call): Promise<EntitiesResult[]> {
    return (await entitiesIn(texts, options, call)).map((found) => ({ entities: found }));
  },
});

/**
 * The entities of each text. Others get their turn between two texts: this is work of the process that answers them.
 * @throws ParlanceError `unsupported` for options that need a model where none was asked for
 */
export async function entitiesIn(
  texts: string[],
  options: EntitiesOptions,
  call: ModelCall,
): Promise<Entity[][]> {
  if (call.chosen) return await taggedEntities(texts, options, call);
  refuseWithoutModel(options);
  const found: Entity[][] = [];
  for (const text of texts) {
    found.push(findEntities(text, options.kinds));
    await setImmediate();
  }
  return found;
}

function refuseWithoutModel({ aggregation, patterns }: EntitiesOptions): void {
  const option = aggregation ? 'aggregation' : patterns === false ? 'patterns' : undefined;
  if (!option) return;
  const detail = `\`${option}\` is for models. Ask for one, or leave it out.`;
  throw ParlanceError.field(`/options/${option}`, detail, 'unsupported');
}
