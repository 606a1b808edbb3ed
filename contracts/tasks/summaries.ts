import { z } from 'zod';
import { taskRequest } from '../task.ts';

export const summaryKind = z.enum(['text', 'conversation']);

/** Most sentences a summary may be asked for. */
export const maxSummarySentences = 200;

export const summariesOptions = z.strictObject({
  sentences: z
    .number()
    .int()
    .min(1)
    .max(maxSummarySentences)
    .optional()
    .describe('At most so many sentences'),
  ratio: z.number().gt(0).max(1).optional().describe('At most this share of the sentences, but one at least'),
  words: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe('At most so many words, but one sentence at least'),
  kind: summaryKind
    .optional()
    .describe('conversation: the text is a transcript, one turn a line, each as `Speaker: words`'),
  customer: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .optional()
    .describe('Of a conversation: which speaker is the customer, where the names do not say it'),
});
export type SummariesOptions = z.infer<typeof summariesOptions>;

export const summariesRequest = taskRequest(summariesOptions);

/** Offsets are UTF-16 code units into the text as sent: `text.slice(start, end)` is the sentence. */
const offsets = { start: z.number().int(), end: z.number().int() };

export const summarySentence = z.object({
  text: z.string(),
  ...offsets,
  score: z
    .number()
    .min(0)
    .max(1)
    .describe('How much it says of the text, beside its best sentence, which has 1'),
});
export type SummarySentence = z.infer<typeof summarySentence>;

/** The words of a turn that a fact rests on. `turn` counts the turns of the transcript from 0. */
export const turnQuote = z.object({
  turn: z.number().int(),
  speaker: z.string(),
  text: z.string(),
  ...offsets,
});
export type TurnQuote = z.infer<typeof turnQuote>;

/** Why a conversation has no such fact. */
export const factMissing = z.enum([
  'unknown-roles',
  'no-customer-turn',
  'no-agent-turn',
  'no-issue-said',
  'nothing-done',
  'no-outcome-said',
  'nothing-promised',
  'too-short',
]);
export type FactMissing = z.infer<typeof factMissing>;

/** `text` is the quotes, one after the other: nothing in it was not said. */
const said = { text: z.string(), turns: z.array(turnQuote).min(1) };
const missing = z.object({ reason: factMissing });

export const conversationFact = z.union([z.object(said), missing]);
export type ConversationFact = z.infer<typeof conversationFact>;

export const conversationOutcome = z.union([
  z.object({
    ...said,
    resolved: z.boolean().describe('Whether what was said is that the matter is settled'),
  }),
  missing,
]);
export type ConversationOutcome = z.infer<typeof conversationOutcome>;

export const sentimentShift = z.union([
  z.object({
    ...said,
    change: z.enum(['better', 'same', 'worse']),
    first: z.number().describe('Mean score, −5 to +5, of the first third of the customer’s turns'),
    last: z.number().describe('The same of the last third'),
  }),
  missing,
]);
export type SentimentShift = z.infer<typeof sentimentShift>;

export const conversationFacts = z.object({
  issue: conversationFact.describe('What the customer came for'),
  done: conversationFact.describe('What the agent did'),
  outcome: conversationOutcome.describe('How it ended, in the words of either'),
  nextAction: conversationFact.describe('What was promised or asked to be done next'),
  sentimentShift: sentimentShift.describe(
    'How the customer’s mood changed; its quotes are the lowest and the highest turn',
  ),
});
export type ConversationFacts = z.infer<typeof conversationFacts>;

export const summariesResult = z.object({
  text: z.string().describe('The sentences in the order of the text, or the words of a model that writes'),
  sentences: z.array(summarySentence).describe('Empty for what a model wrote'),
  sections: z
    .number()
    .int()
    .optional()
    .describe('Of what a model wrote: how many sections were summed up, their summaries among them'),
  conversation: conversationFacts.optional().describe('For a conversation'),
});
export type SummariesResult = z.infer<typeof summariesResult>;
