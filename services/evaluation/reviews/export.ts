import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { type JudgementRecord, ParlanceError } from '#contracts';
import type { Database, Transaction } from '../../db/database.ts';
import { reviewItem, reviewJudgement } from '../../db/schema/index.ts';
import { meantBy } from './choices.ts';
import { findReview, isHidden, type ReviewRow } from './review-rows.ts';

const linesAtOnce = 500;

/**
 * Everything that raters ever said in a queue, as JSONL, in the order in which they said it. Throws `not_found`, and `conflict`
 * for a blind queue that is open: it would tell whose answers are whose.
 */
export async function exportReview(
  database: Database,
  tenant: string,
  id: string,
): Promise<AsyncGenerator<string>> {
  const row = await database.withTenant(tenant, (tx) => findReview(tx, id));
  if (isHidden(row))
    throw new ParlanceError('conflict', 'The queue is blind: close it, and it can be exported.');
  return linesOf(database, tenant, row);
}

async function* linesOf(database: Database, tenant: string, row: ReviewRow): AsyncGenerator<string> {
  let after = '';
  do {
    const page = await database.withTenant(tenant, (tx) => readAfter(tx, row.id, after));
    yield page.map((each) => `${JSON.stringify(recordOf(row, each))}\n`).join('');
    after = page.length < linesAtOnce ? '' : (page.at(-1)?.said.id ?? '');
  } while (after);
}

type Line = Awaited<ReturnType<typeof readAfter>>[number];

async function readAfter(tx: Transaction, reviewId: string, after: string) {
  const { itemId, rater, id } = reviewJudgement;
  const isLast = sql<boolean>`not exists (select 1 from review_judgement later where later.review_id = ${reviewJudgement.reviewId}
    and later.item_id = ${itemId} and later.rater = ${rater} and later.id > ${id})`;
  return await tx
    .select({ said: reviewJudgement, item: reviewItem, isLast })
    .from(reviewJudgement)
    .innerJoin(reviewItem, and(eq(reviewItem.reviewId, reviewId), eq(reviewItem.id, itemId)))
    .where(and(eq(reviewJudgement.reviewId, reviewId), gt(id, after)))
    .orderBy(asc(id))
    .limit(linesAtOnce);
}

function recordOf(
  { rubric, systems, blind, revealedAt }: ReviewRow,
  { said, item, isLast }: Line,
): JudgementRecord {
  const runs = systems.map(({ runId }) => runId);
  const { itemId, rater, raterName, action, choice, comment } = said;
  const meant = choice === null ? null : meantBy(rubric.scale, choice, item.swapped);
  const preferred = { first: runs[0], second: runs[1], tie: 'tie' }[String(meant)] ?? null;
  return {
    ...{ itemId, number: item.position + 1, row: item.rowId, rater, raterName, action, choice, comment },
    handedAt: said.leasedAt.toISOString(),
    at: said.at.toISOString(),
    shown: item.swapped ? runs.reverse() : runs,
    preferred: rubric.scale.kind === 'preference' ? preferred : null,
    blind: blind && (!revealedAt || said.at < revealedAt),
    current: isLast && action === 'judged',
  };
}
