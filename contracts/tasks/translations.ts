import { z } from 'zod';
import { taskRequest } from '../task.ts';

const language = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Give a language tag, such as en or es.')
  .describe('BCP 47, in small letters or capitals');

export const glossaryEntry = z.strictObject({
  source: z
    .string()
    .min(1)
    .max(200)
    .describe('A word or phrase of the text; upper and lower case do not matter'),
  target: z
    .string()
    .max(200)
    .describe('What stands for it in the translation; the same again for a name to be kept'),
});
export type GlossaryEntry = z.infer<typeof glossaryEntry>;

export const translationsOptions = z.strictObject({
  target: language.describe('The language to translate into'),
  source: language.optional().describe('The language of the texts; found for each when left out'),
  glossary: z.array(glossaryEntry).max(200).optional(),
  beams: z
    .number()
    .int()
    .min(1)
    .max(8)
    .optional()
    .describe('How many beginnings are kept in mind; 4 unless the model says otherwise'),
});
export type TranslationsOptions = z.infer<typeof translationsOptions>;

/** Unlike those of other tasks the options are required: nobody can guess the target. */
export const translationsRequest = taskRequest(translationsOptions).extend({ options: translationsOptions });

/** Offsets are UTF-16 code units into the text as sent. */
export const translationsSegment = z.object({
  source: z.string(),
  start: z.number().int(),
  end: z.number().int(),
  text: z.string(),
  score: z
    .number()
    .nullable()
    .describe('The mean log probability of a token; null for what was not translated but kept'),
});
export type TranslationsSegment = z.infer<typeof translationsSegment>;

export const translationsResult = z.object({
  text: z.string(),
  source: z.string(),
  target: z.string(),
  segments: z.array(translationsSegment).describe('Sentence by sentence, in the order of the text'),
});
export type TranslationsResult = z.infer<typeof translationsResult>;
