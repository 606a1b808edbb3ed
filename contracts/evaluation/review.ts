import { z } from 'zod';
import { storedText } from '../text.ts';
import { anyJson } from './json.ts';
import { confusionMatrix } from './run.ts';

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

/** How far raters agree beyond chance, on the items that two or more of them judged. */
export const agreement = z.object({
  /** Cohen's κ where the same two judged all of these items, else Krippendorff's α. */
  measure: z.enum(['kappa', 'alpha']),
  value: z.number(),
  items: z.number().int(),
  /** What to do with such judgements. */
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
  /** Null while no item has two judgements. */
  agreement: agreement.nullable(),
});
export type Review = z.infer<typeof review>;
export const reviewPage = z.object({ reviews: z.array(review), next: z.string().nullable() });
export const reviewQuery = z.object({
  after: z.string().max(500).optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ReviewQuery = z.infer<typeof reviewQuery>;
export type ReviewPage = z.infer<typeof reviewPage>;

export const reviewDetail = z.object({
  review,
  raters: z.array(raterProgress),
  /** How often each choice was made; of a preference by system, `first`, `second` and `tie`. Null while blind and open. */
  counts: z.record(z.string(), z.number().int()).nullable(),
  /** Of the agreement, at 95 %; null where there is none, or too little was judged twice. */
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
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

/** A line of the audit export: everything that was ever said of an item, in the order in which it was said. */
export const judgementRecord = z.object({
  itemId: z.string(),
  number: z.number().int(),
  row: z.string(),
  rater: z.string(),
  raterName: z.string(),
  action: z.enum(['judged', 'skipped', 'withdrawn']),
  choice: choice.nullable(),
  comment: z.string(),
  /** When the rater was given the item, and when they said this. */
  handedAt: z.iso.datetime(),
  at: z.iso.datetime(),
  /** The runs whose answers were shown, in the order in which they were. */
  shown: z.array(z.string()),
  /** Of a preference: the run whose answer was preferred, or `tie`. */
  preferred: z.string().nullable(),
  /** Whether the rater could not know whose answer was whose. */
  blind: z.boolean(),
  /** Whether this is what counts. */
  current: z.boolean(),
});
export type JudgementRecord = z.infer<typeof judgementRecord>;

/** An item of a closed queue, with what everybody says of it. */
export const reviewedItem = z.object({
  id: z.string(),
  number: z.number().int(),
  row: z.string(),
  input: anyJson,
  expected: anyJson,
  /** In the order of the queue's systems, whichever was shown first. */
  answers: z.array(shownAnswer).min(1).max(2),
  judgements: z.array(
    z.object({
      rater: z.string(),
      raterName: z.string(),
      /** Of a preference by system: `first`, `second` or `tie`. */
      choice,
      comment: z.string(),
    }),
  ),
});
export type ReviewedItem = z.infer<typeof reviewedItem>;
export const reviewedItemPage = z.object({ items: z.array(reviewedItem), next: z.string().nullable() });
export type ReviewedItemPage = z.infer<typeof reviewedItemPage>;
export const reviewedItemQuery = z.object({
  show: z
    .enum(['all', 'disagreements', 'comments'])
    .default('all')
    .describe('Only what raters disagree about, or said something of'),
  after: z.string().max(500).optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type ReviewedItemQuery = z.infer<typeof reviewedItemQuery>;

const figure = z.object({
  value: z.number(),
  low: z.number(),
  high: z.number(),
  rows: z.number().int(),
});
export const calibrationQuery = z.object({ scorer: scorer.describe('A judge of the run') });
/** How far a judge that is a model says what people say. */
export const calibration = z.object({
  scorer: z.string(),
  /** What people said (row) and what the judge said (column). */
  matrix: confusionMatrix,
  agreement: figure,
  kappa: figure,
  /** Whether a gate may hang on this judge. */
  usable: z.boolean(),
  /** Items that people judged and that are not among the rows: people are divided, or the judge said nothing. */
  leftOut: z.number().int(),
  words: z.string(),
});
export type Calibration = z.infer<typeof calibration>;
