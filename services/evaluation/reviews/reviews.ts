import { randomInt } from 'node:crypto';
import { and, desc, eq, lt, sql } from 'drizzle-orm';
import type {
  Calibration,
  CreateReviewRequest,
  Review,
  ReviewDetail,
  ReviewedItemPage,
  ReviewedItemQuery,
  ReviewPage,
  StoredSample,
} from '#contracts';
import type { Database, Transaction } from '../../db/database.ts';
import { newId } from '../../db/id.ts';
import { review, reviewItem } from '../../db/schema/index.ts';
import { agentOf } from '../../desk/staff.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { Principal } from '../../principal.ts';
import { cursorOf, idPlace, placeOf } from '../cursor.ts';
import { firstAnswers } from '../sample-rows.ts';
import { calibrationOf } from './calibration.ts';
import { candidatesOf, directionFor, findRuns } from './candidates.ts';
import { planItems } from './drawing.ts';
import { detailOf } from './results.ts';
import { asReviews, findReview } from './review-rows.ts';
import { listReviewed } from './reviewed.ts';
import { selectRows } from './selection.ts';

export interface ReviewStore {
  /**
   * Makes a queue of copies of what the runs said. Throws `not_found`, `conflict` for runs that are incomplete or not of the same
   * rows, and `invalid_input` for a selection that finds nothing.
   */
  create(author: Principal, request: CreateReviewRequest): Promise<Review>;
  /** The latest first. */
  list(tenant: string, page: { after?: string | undefined; limit: number }): Promise<ReviewPage>;
  /** Throws `not_found`. */
  get(tenant: string, id: string): Promise<ReviewDetail>;
  /** As `listReviewed` of ./reviewed.ts. */
  items(tenant: string, id: string, query: ReviewedItemQuery): Promise<ReviewedItemPage>;
  /** As `calibrationOf` of ./calibration.ts. */
  calibration(tenant: string, id: string, scorer: string): Promise<Calibration>;
  /** Nothing is handed out or judged any more, and a blind queue tells whose answers are whose. Throws `not_found`. */
  close(author: Principal, id: string): Promise<Review>;
  /** Goes on where it was closed. Throws `not_found`. */
  reopen(author: Principal, id: string): Promise<Review>;
}

/** Queues of answers to judge, over the database. */
export function createReviewStore(database: Database): ReviewStore {
  const setClosed = ({ tenant, actor }: Principal, id: string, closed: boolean) =>
    database.withTenant(tenant, async (tx) => {
      const change = closed
        ? { closedAt: sql`now()`, revealedAt: sql`coalesce(${review.revealedAt}, now())` }
        : { closedAt: null };
      const before = await findReview(tx, id);
      if ((before.closedAt !== null) !== closed) {
        await tx.update(review).set(change).where(eq(review.id, id));
        const action = closed ? 'review.close' : 'review.reopen';
        await recordAudit(tx, { actor, action, target: id, detail: { blind: before.blind } });
      }
      return await one(tx, id);
    });

  return {
    create: (author, request) =>
      database.withTenant(author.tenant, async (tx) => {
        const id = await createReview(tx, author, request);
        return await one(tx, id);
      }),
    list: (tenant, { after, limit }) =>
      database.withTenant(tenant, async (tx) => {
        const [last] = placeOf(after, idPlace) ?? [];
        const rows = await tx
          .select()
          .from(review)
          .where(and(last === undefined ? undefined : lt(review.id, last)))
          .orderBy(desc(review.id))
          .limit(limit + 1);
        const shown = rows.slice(0, limit);
        const end = rows.length > limit ? shown.at(-1) : undefined;
        return { reviews: await asReviews(tx, shown), next: end ? cursorOf(end.id) : null };
      }),
    get: (tenant, id) =>
      database.withTenant(
        tenant,
        async (tx) => await detailOf(tx, await findReview(tx, id), await one(tx, id)),
      ),
    items: (tenant, id, query) => database.withTenant(tenant, (tx) => listReviewed(tx, id, query)),
    calibration: (tenant, id, scorer) => database.withTenant(tenant, (tx) => calibrationOf(tx, id, scorer)),
    close: (author, id) => setClosed(author, id, true),
    reopen: (author, id) => setClosed(author, id, false),
  };
}

async function one(tx: Transaction, id: string): Promise<Review> {
  const [shown] = await asReviews(tx, [await findReview(tx, id)]);
  return shown as Review;
}

async function createReview(
  tx: Transaction,
  author: Principal,
  request: CreateReviewRequest,
): Promise<string> {
  const { runIds, select, rubric, blind, overlap, seed = randomInt(2 ** 31) } = request;
  const { suite, runs } = await findRuns(tx, runIds);
  const better = await directionFor(tx, runIds, select);
  const rows = selectRows(await candidatesOf(tx, runIds, select), select, { seed, better });
  const plan = planItems(rows, { seed, pairs: runs.length === 2, overlap });
  const answers: Map<string, StoredSample>[] = [];
  for (const runId of runIds) answers.push(await firstAnswers(tx, runId, rows));
  const id = newId('rev');
  const items = plan.map((item, position) => ({
    ...{ ...item, reviewId: id, id: newId('itm'), position },
    content: contentOf(answers.map((each) => each.get(item.rowId) as StoredSample)),
  }));
  const { name } = await agentOf(tx, author);
  await tx.insert(review).values({
    ...{ id, suite, rubric, blind, seed, overlap, createdBy: name, items: items.length },
    systems: runs.map(({ id: runId, target }) => ({
      runId,
      label: target.revision === null ? target.name : `${target.name} ${target.revision}`,
    })),
    wanted: plan.reduce((sum, { raters }) => sum + raters, 0),
  });
  for (let from = 0; from < items.length; from += 100)
    await tx.insert(reviewItem).values(items.slice(from, from + 100));
  await recordAudit(tx, {
    actor: author.actor,
    action: 'review.create',
    target: id,
    detail: { runIds, items: items.length, blind },
  });
  return id;
}

/** What is judged of a row, as JSON, the answers in the order of the systems. */
function contentOf(answers: StoredSample[]): string {
  const [{ input, expected } = { input: null, expected: null }] = answers;
  return JSON.stringify({
    input,
    expected,
    answers: answers.map(({ answer: { output, error } }) => ({
      output,
      error: error && `${error.code}: ${error.detail}`,
    })),
  });
}
