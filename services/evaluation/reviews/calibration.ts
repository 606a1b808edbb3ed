import { and, eq } from 'drizzle-orm';
import { type Calibration, ParlanceError, type ReviewScale } from '#contracts';
import { calibrate, fewestLabels, leastKappa } from '#eval';
import type { Transaction } from '../../db/database.ts';
import { evaluationSample, evaluationScore, reviewItem } from '../../db/schema/index.ts';
import { readRun } from '../run-rows.ts';
import type { Judged } from './agreement.ts';
import { judgementsOf } from './judgements.ts';
import { findReview, type ReviewRow } from './review-rows.ts';

const labels = ['no', 'yes'];

/**
 * How far a judge of the queue's run says what people say. An item that several people judged counts as most of them say.
 * Throws `not_found`, `conflict` for an open queue, `invalid_input` for a scorer that is no judge of the run, and `unsupported`
 * where people could say more than yes and no.
 */
export async function calibrationOf(tx: Transaction, id: string, scorer: string): Promise<Calibration> {
  const review = await findReview(tx, id);
  const yes = yesOf(review);
  if (!review.closedAt)
    throw new ParlanceError('conflict', 'The queue is open: close it to hold a judge against it.');
  const runId = review.systems[0]?.runId ?? '';
  await assertJudge(tx, runId, scorer);
  const said = (await judgementsOf(tx, [review])).get(id) ?? [];
  const people = majoritiesOf(said, yes);
  const judge = await judgeOf(tx, id, runId, scorer);
  const both = [...people].flatMap(([itemId, word]) => {
    const other = judge.get(itemId);
    return other === undefined || word === null ? [] : [[word, other] as const];
  });
  const { matrix, kappa, agreement, usable } = calibrate(
    labels,
    both.map(([word]) => word),
    both.map(([, word]) => word),
  );
  const { value, low, high, rows } = agreement;
  return {
    ...{ scorer, matrix, kappa, usable, leftOut: people.size - both.length },
    agreement: { value, low, high, rows },
    words: wordsOf(usable, kappa.value),
  };
}

function wordsOf(usable: boolean, kappa: number): string {
  if (usable) return 'The judge says what people say: a gate may hang on it.';
  return kappa >= leastKappa
    ? `The judge says what people say, as far as so few items can tell: a gate needs ${fewestLabels} of them.`
    : 'The judge does not say what people say: no gate should hang on it.';
}

/** What means yes on the queue's scale. Throws `unsupported`. */
function yesOf({ rubric: { scale }, systems }: ReviewRow): Judged['choice'] {
  const yes = systems.length === 1 ? yesOn(scale) : null;
  if (yes !== null) return yes;
  const detail =
    'A judge says yes or no: only queues of one run with the choices yes and no, or two points, can be held against it.';
  throw new ParlanceError('unsupported', detail);
}

function yesOn(scale: ReviewScale): Judged['choice'] | null {
  if (scale.kind === 'scale') return scale.points === 2 ? 2 : null;
  if (scale.kind === 'preference') return null;
  const values = scale.choices.map(({ value }) => value.toLowerCase()).sort();
  if (values.join() !== 'no,yes') return null;
  return scale.choices.find(({ value }) => value.toLowerCase() === 'yes')?.value ?? null;
}

async function assertJudge(tx: Transaction, runId: string, scorer: string): Promise<void> {
  const { suite } = await readRun(tx, runId);
  const found = suite.scorers.find(({ name, as }) => (as ?? name) === scorer);
  if (found?.name !== 'judge') throw ParlanceError.field('/scorer', 'The run has no judge of this name.');
}

/** What most say of each item; null where as many say yes as no. */
function majoritiesOf(said: readonly Judged[], yes: Judged['choice']): Map<string, string | null> {
  const balance = new Map<string, number>();
  for (const { itemId, choice } of said)
    balance.set(itemId, (balance.get(itemId) ?? 0) + (choice === yes ? 1 : -1));
  return new Map([...balance].map(([itemId, sum]) => [itemId, sum === 0 ? null : sum > 0 ? 'yes' : 'no']));
}

/** What the judge said of the first answer to each item. */
async function judgeOf(tx: Transaction, reviewId: string, runId: string, scorer: string) {
  const rows = await tx
    .select({ itemId: reviewItem.id, value: evaluationScore.value })
    .from(reviewItem)
    .innerJoin(
      evaluationSample,
      and(
        eq(evaluationSample.runId, runId),
        eq(evaluationSample.rowId, reviewItem.rowId),
        eq(evaluationSample.repeat, 0),
      ),
    )
    .innerJoin(
      evaluationScore,
      and(
        eq(evaluationScore.runId, runId),
        eq(evaluationScore.scorer, scorer),
        eq(evaluationScore.position, evaluationSample.position),
      ),
    )
    .where(eq(reviewItem.reviewId, reviewId));
  return new Map(rows.map(({ itemId, value }) => [itemId, value >= 0.5 ? 'yes' : 'no']));
}
