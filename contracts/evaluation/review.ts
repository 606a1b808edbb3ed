import { z } from 'zod';
import { storedText } from '../text.ts';
import { anyJson } from './json.ts';

/** Most items of a queue. */
export const maxReviewItems = 1000;
const some = z.number().int().min(1).max(maxReviewItems);
const scorer = storedText.min(1).max(120);

/** Which rows of the runs are judged; of a row that was asked more than once, its first answer. */
export const reviewSelection = z.union([
  z.strictObject({ random: some }),
  z.strictObject({
    disagreements: some.describe('Where the two runs differ most by this scorer'),
    scorer,
  }),
  z.strictObject({ worst: some.describe('By this scorer, of the first run'), scorer }),
  z.strictObject({ errored: some.describe('Where a run has an error for an answer') }),
  z.strictObject({ rows: z.array(storedText.min(1).max(300)).min(1).max(maxReviewItems) }),
]);
export type ReviewSelection = z.infer<typeof reviewSelection>;

const label = storedText.trim().min(1).max(100);
/** What raters choose from. */
export const reviewScale = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('choices'),
    choices: z
      .array(z.strictObject({ value: z.string().regex(/^[\w-]{1,40}$/), label }))
      .min(2)
      .max(20)
      .refine((all) => new Set(all.map(({ value }) => value)).size === all.length, 'Two have one value.'),
  }),
  z.strictObject({
    kind: z.literal('scale'),
    points: z.number().int().min(2).max(10).describe('From 1 to this'),
    lowest: label.optional(),
    highest: label.optional(),
  }),
  z.strictObject({ kind: z.literal('preference') }).describe('Of two answers: a, b or tie'),
]);
export type ReviewScale = z.infer<typeof reviewScale>;

export const rubric = z.strictObject({
  title: storedText.trim().min(1).max(120),
  guideline: storedText.max(10_000).default(''),
  scale: reviewScale,
  showExpected: z.boolean().default(true).describe('Shows raters what the row expects'),
});
export type Rubric = z.infer<typeof rubric>;

export const createReviewRequest = z
  .strictObject({
    runIds: z.array(z.uuid()).min(1).max(2).describe('One run, or two whose answers are shown side by side'),
    select: reviewSelection,
    rubric,
    blind: z.boolean().default(true).describe('Hides whose answer is whose until the queue is closed'),
    seed: z
      .number()
      .int()
      .min(0)
      .max(2 ** 31 - 1)
      .optional()
      .describe('The same seed picks the same rows and sides; left out, nobody knows it before the end'),
    overlap: z
      .strictObject({ raters: z.number().int().min(1).max(5), share: z.number().min(0).max(1) })
      .default({ raters: 1, share: 0 })
      .describe('How many raters judge each item of this share; one judges each other item'),
  })
  .superRefine(({ runIds, select, rubric: { scale } }, context) => {
    const fault = (path: PropertyKey[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (runIds.length === 2 && runIds[0] === runIds[1]) fault(['runIds', 1], 'Name two different runs.');
    if (runIds.length === 2) return;
    if (scale.kind === 'preference')
      fault(['rubric', 'scale'], 'A preference is between two runs: name both.');
    if ('disagreements' in select) fault(['select'], 'Runs disagree with one another: name two.');
  });
export type CreateReviewRequest = z.infer<typeof createReviewRequest>;

/** What one rater has done in a queue. */
export const raterProgress = z.object({
  rater: z.string(),
  name: z.string(),
  judged: z.number().int(),
  skipped: z.number().int(),
});
export type RaterProgress = z.infer<typeof raterProgress>;

/** One figure of agreement with its 95 % interval. */
export const agreementFigure = z.object({ value: z.number(), low: z.number(), high: z.number() });
/** How far raters agree on what two or more of them judged; null where too little was judged twice. */
export const agreement = z.object({
  items: z.number().int().describe('Judged by two raters or more'),
  raw: z.number().nullable().describe('The share of pairs of judgements that are the same'),
  kappa: agreementFigure.nullable().describe('Cohen’s, when there are exactly two raters'),
  alpha: agreementFigure.nullable().describe('Krippendorff’s'),
  words: z.string(),
});
export type Agreement = z.infer<typeof agreement>;

export const review = z.object({
  id: z.string(),
  rubric,
  /** Two of them are judged side by side. Empty in a blind queue until it is closed. */
  systems: z.array(z.object({ runId: z.string(), label: z.string() })),
  suite: z.string(),
  pairs: z.boolean(),
  blind: z.boolean(),
  /** Null in a blind queue until it is closed. */
  seed: z.number().int().nullable(),
  overlap: createReviewRequest.shape.overlap.unwrap(),
  state: z.enum(['open', 'closed']),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
  /** When the queue was closed for the first time, and could tell whose answers were whose. */
  revealedAt: z.iso.datetime().nullable(),
  progress: z.object({
    items: z.number().int(),
    /** Judged by as many as should. */
    done: z.number().int(),
    /** Judgements there should be, and are. */
    wanted: z.number().int(),
    judged: z.number().int(),
  }),
});
export type Review = z.infer<typeof review>;
export const reviewPage = z.object({ reviews: z.array(review), next: z.string().nullable() });
export type ReviewPage = z.infer<typeof reviewPage>;

export const reviewDetail = z.object({
  review,
  raters: z.array(raterProgress),
  agreement,
  /** How often each choice was made; of a preference by system, `first`, `second` and `tie`. Null while blind and open. */
  counts: z.record(z.string(), z.number().int()).nullable(),
});
export type ReviewDetail = z.infer<typeof reviewDetail>;

/** An answer as a rater sees it. */
export const shownAnswer = z.object({ output: anyJson, error: z.string().nullable() });
const choice = z.union([z.string().min(1).max(40), z.number().int().min(1).max(10)]);

export const reviewItem = z.object({
  id: z.string(),
  /** Its place in the queue, from 1. */
  number: z.number().int(),
  input: anyJson,
  /** Null where raters are not to see it. */
  expected: anyJson,
  /** One, or `a` and `b` in this order. */
  answers: z.array(shownAnswer).min(1).max(2),
  /** Until when it is this rater's. */
  until: z.iso.datetime(),
  judgement: z.object({ choice, comment: z.string() }).nullable(),
});
export type ReviewItem = z.infer<typeof reviewItem>;
/** Null when nothing is left for this rater. */
export const nextItem = z.object({ item: reviewItem.nullable() });
export type NextItem = z.infer<typeof nextItem>;

export const judgeRequest = z.strictObject({ choice, comment: storedText.max(2000).default('') });
export type JudgeRequest = z.infer<typeof judgeRequest>;
