import { z } from 'zod';
import { taskRequest } from '../task.ts';
import { entity, entityKind } from './entities.ts';

export const redactionStyle = z.enum(['label', 'mask', 'map']);
export type RedactionStyle = z.infer<typeof redactionStyle>;

export const redactionsOptions = z.strictObject({
  kinds: z.array(entityKind).min(1).optional().describe('Take out these only; all when left out'),
  style: redactionStyle
    .optional()
    .describe(
      'label (the default): [EMAIL]; mask: asterisks of the same length, the last four digits of a card stay; map: [EMAIL_1], the same value the same token, with `map` to put the values back',
    ),
});
export type RedactionsOptions = z.infer<typeof redactionsOptions>;

export const redactionsRequest = taskRequest(redactionsOptions);

export const redactionsResult = z.object({
  text: z.string(),
  entities: z.array(entity).describe('What was taken out; offsets are of the text as sent'),
  map: z.record(z.string(), z.string()).optional().describe('From token to value, with style `map`'),
});
export type RedactionsResult = z.infer<typeof redactionsResult>;
