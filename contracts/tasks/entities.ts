import { z } from 'zod';
import { taskRequest } from '../task.ts';

/** What an entity can be. `reference` is the number of an order, an invoice, a ticket or an account; `other` what only a model has a name for. */
export const entityKind = z.enum([
  'person',
  'place',
  'organization',
  'email',
  'phone',
  'card',
  'iban',
  'url',
  'ip',
  'date',
  'money',
  'address',
  'reference',
  'ssn',
  'dni',
  'nie',
  'cif',
  'nino',
  'other',
]);
export type EntityKind = z.infer<typeof entityKind>;

/** What says so: check digits or a calendar, the form alone, the name recogniser, or a model. */
export const entitySource = z.enum(['checked', 'pattern', 'names', 'model']);
export type EntitySource = z.infer<typeof entitySource>;

export const entity = z.object({
  type: entityKind,
  text: z.string().describe('The characters of the text as sent'),
  start: z.number().int().describe('UTF-16 code units: `text.slice(start, end)` is the entity'),
  end: z.number().int(),
  startCodePoint: z.number().int().describe('The same in Unicode code points'),
  endCodePoint: z.number().int(),
  score: z.number().min(0).max(1).describe('How sure; of patterns a fixed figure, no probability'),
  source: entitySource,
  label: z.string().optional().describe('What the model calls it, where a model found it'),
});
export type Entity = z.infer<typeof entity>;

/** How a model's labels of tokens become spans, by the names of Hugging Face's pipeline. */
export const aggregation = z.enum(['none', 'simple', 'first', 'average', 'max']);
export type Aggregation = z.infer<typeof aggregation>;

export const entitiesOptions = z.strictObject({
  kinds: z.array(entityKind).min(1).optional().describe('Look for these only; all when left out'),
  aggregation: aggregation
    .optional()
    .describe(
      'Of a model: a word goes by its first token (the default), the mean of its tokens or the surest; simple takes each token for itself and can cut a word, none joins nothing',
    ),
  patterns: z
    .boolean()
    .optional()
    .describe('Of a model: false leaves out what patterns find, such as cards and addresses'),
});
export type EntitiesOptions = z.infer<typeof entitiesOptions>;

export const entitiesRequest = taskRequest(entitiesOptions);

export const entitiesResult = z.object({
  entities: z.array(entity).describe('In the order of the text, without overlaps'),
});
export type EntitiesResult = z.infer<typeof entitiesResult>;
