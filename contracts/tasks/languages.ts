import { z } from 'zod';
import { taskRequest } from '../task.ts';

export const languagesOptions = z.strictObject({
  among: z
    .array(z.string().regex(/^[a-z]{2}$/, 'Give a code of ISO 639-1, such as "en".'))
    .min(1)
    .max(60)
    .optional()
    .describe('Languages it can be, by their ISO 639-1 codes: a greeting says little, and this says much'),
});
export type LanguagesOptions = z.infer<typeof languagesOptions>;

export const languagesRequest = taskRequest(languagesOptions);

export const languageCandidate = z.object({ language: z.string(), confidence: z.number().min(0).max(1) });
export type LanguageCandidate = z.infer<typeof languageCandidate>;

export const languagesResult = z.object({
  language: z
    .string()
    .describe('ISO 639-1 code of what most of the text is in; `und` where nothing can be told'),
  confidence: z
    .number()
    .min(0)
    .max(1)
    .describe('Calibrated for a text in one language; of a text in several, about the share of this one'),
  candidates: z.array(languageCandidate).describe('Up to five, the most likely first, `language` among them'),
});
export type LanguagesResult = z.infer<typeof languagesResult>;
