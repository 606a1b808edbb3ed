import { z } from 'zod';
import { taskRequest } from '../task.ts';

export const sentimentLabel = z.enum(['negative', 'neutral', 'positive']);
export type SentimentLabel = z.infer<typeof sentimentLabel>;

/** Class probabilities; they sum to 1. */
export const sentimentProbabilities = z.object({
  negative: z.number(),
  neutral: z.number(),
  positive: z.number(),
});
export type SentimentProbabilities = z.infer<typeof sentimentProbabilities>;

const verdict = {
  label: sentimentLabel.describe('The most probable class'),
  score: z.number().min(-5).max(5).describe('5 × (p(positive) − p(negative)), one decimal'),
  probabilities: sentimentProbabilities,
};

/** Offsets are UTF-16 code units into the text as sent: `text.slice(start, end)` is the span. */
const offsets = { start: z.number().int(), end: z.number().int() };

export const sentimentSentence = z.object({ text: z.string(), ...offsets, ...verdict });

/** `weight` is how much the probability of the verdict falls when the span is left out, in −1…1; positive spans carried it. */
export const sentimentSpan = z.object({ text: z.string(), ...offsets, weight: z.number() });
export type SentimentSpan = z.infer<typeof sentimentSpan>;

export const sentimentOptions = z.strictObject({
  sentences: z.boolean().optional().describe('Also score each sentence'),
  explain: z
    .boolean()
    .optional()
    .describe('Also return the spans that carried the verdict; for up to 32 texts a call'),
});
export type SentimentOptions = z.infer<typeof sentimentOptions>;

export const sentimentRequest = taskRequest(sentimentOptions);

export const sentimentResult = z.object({
  ...verdict,
  sentences: z.array(sentimentSentence).optional(),
  spans: z.array(sentimentSpan).optional(),
});
export type SentimentResult = z.infer<typeof sentimentResult>;
