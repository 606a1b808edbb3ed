import { buffer } from 'node:stream/consumers';
import { and, asc, desc, eq, sql } from 'drizzle-orm';
import {
  type Classifier,
  type ClassifierWarning,
  type ModelCard,
  ParlanceError,
  type TrainClassifierRequest,
} from '#contracts';
import { proportion } from '#eval';
import { decodeHead, type Head, type Heads, type TrainedHead } from '#nlp';
import type { BlobStore } from '../blobs.ts';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/id.ts';
import { earlierResult, type Retry, resultBefore } from '../db/idempotency.ts';
import { type ClassifierFacts, classifier } from '../db/schema/index.ts';
import { recordAudit } from '../identity/audit.ts';
import type { Embed } from '../knowledge/embedder.ts';
import type { Principal } from '../principal.ts';
import { prepareRows } from './rows.ts';
import { train } from './trainer.ts';

type Who = Pick<Principal, 'tenant' | 'actor'>;

/** The classifiers of tenants: trained in one call, kept in versions, found by the task that serves them. */
export interface Classifiers extends Heads {
  /**
   * Trains a new version of a name and serves it from then on. A second call with the same `idempotencyKey` gives what the
   * first one made.
   * @throws ParlanceError `invalid_input` for rows that cannot be learned from, `overloaded` while another is being trained,
   * `conflict` for a key that was used for something else, `timeout`, `cancelled`
   */
  train(who: Who, request: TrainClassifierRequest, call: TrainingCall): Promise<Classifier>;
  /** The newest version of each name, in the order of the names. */
  list(tenant: string): Promise<Classifier[]>;
  /** Newest first. Throws `not_found`. */
  versions(tenant: string, name: string): Promise<Classifier[]>;
  /** Removes every version with its weights. Throws `not_found`. */
  remove(who: Who, name: string): Promise<void>;
}

export interface TrainingCall {
  signal: AbortSignal;
  idempotencyKey?: string | undefined;
}

interface Parts {
  database: Database;
  blobs: BlobStore;
  embed: Embed;
  /** The model whose embeddings `embed` gives. */
  embedder: () => ModelCard;
}

/** Texts embedded in one call. */
const embeddedAtOnce = 512;
const retryAfterSeconds = 30;
const keptHeads = 16;

export function createClassifiers({ database, blobs, embed, embedder }: Parts): Classifiers {
  let training = false;
  /** By blob, the one used last at the end. */
  const heads = new Map<string, Promise<Head>>();

  const headOf = (blob: string): Promise<Head> => {
    const found = heads.get(blob) ?? blobs.get(blob).then(buffer).then(decodeHead);
    heads.delete(blob);
    heads.set(blob, found);
    found.catch(() => heads.delete(blob));
    for (const oldest of heads.keys()) if (heads.size > keptHeads) heads.delete(oldest);
    return found;
  };

  async function embedAll(tenant: string, texts: string[], signal: AbortSignal): Promise<Float32Array> {
    let all = new Float32Array();
    for (let from = 0; from < texts.length; from += embeddedAtOnce) {
      const part = await embed(texts.slice(from, from + embeddedAtOnce), { tenant, lane: 'batch', signal });
      const dimensions = part[0]?.length ?? 0;
      if (from === 0) all = new Float32Array(texts.length * dimensions);
      for (const [at, vector] of part.entries()) all.set(vector, (from + at) * dimensions);
    }
    return all;
  }

  /** What a first call with this key made; undefined for the first one. */
  const madeBefore = (tenant: string, retry: Retry) =>
    database.withTenant(tenant, async (tx) => {
      const version = await resultBefore(tx, retry);
      if (version === null) return undefined;
      const row = await findVersion(tx, version);
      if (!row) throw notFound();
      return asClassifier(row);
    });

  async function trainVersion(who: Who, request: TrainClassifierRequest, signal: AbortSignal, retry?: Retry) {
    const started = performance.now();
    const { name } = request;
    const { rows, counts, outOfScope, warnings } = prepareRows(request.rows);
    const { id: modelId, revision: modelRevision } = embedder();
    const texts = rows.map(({ text }) => text);
    const vectors = await embedAll(who.tenant, texts, signal);
    const job = { id: newId('clf'), texts, labels: rows.map(({ label }) => label), vectors };
    const { bytes, report, threshold } = await train(job, signal);
    const { by, accuracy, recall } = report.outOfScope;
    const facts: ClassifierFacts = {
      rows: rows.length,
      outOfScopeRows: outOfScope,
      labels: counts,
      accuracy: proportion(report.right, report.measured),
      outOfScope: { by, threshold, accuracy, recall },
      warnings: threshold === 0 ? [...warnings, noThreshold(by)] : warnings,
      trainingMs: Math.round(performance.now() - started),
    };
    const { id: blob } = await blobs.put(bytes);
    try {
      return await database.withTenant(who.tenant, async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`classifier ${who.tenant} ${name}`}))`);
        const next = sql<number>`(select coalesce(max(version), 0) + 1 from classifier where name = ${name})`;
        const values = { name, version: next, modelId, modelRevision, blob, facts, createdBy: who.actor };
        const [row] = await tx.insert(classifier).values(values).returning();
        if (!row) throw new Error('insert returned no row');
        const target = `${name}@${row.version}`;
        if (retry && (await earlierResult(tx, retry, target))) throw busy();
        await recordAudit(tx, { actor: who.actor, action: 'classifier.train', target });
        return asClassifier(row);
      });
    } catch (error) {
      await blobs.delete(blob);
      throw error;
    }
  }

  return {
    async train(who, request, { signal, idempotencyKey: key }) {
      const retry = key === undefined ? undefined : { key, operation: 'classifier.train', body: request };
      const before = retry && (await madeBefore(who.tenant, retry));
      if (before) return before;
      if (training) throw busy();
      training = true;
      try {
        return await trainVersion(who, request, signal, retry);
      } finally {
        training = false;
      }
    },

    async list(tenant) {
      const rows = await database.withTenant(tenant, (tx) =>
        tx
          .selectDistinctOn([classifier.name])
          .from(classifier)
          .orderBy(asc(classifier.name), desc(classifier.version)),
      );
      return rows.map(asClassifier);
    },

    async versions(tenant, name) {
      const rows = await database.withTenant(tenant, (tx) =>
        tx.select().from(classifier).where(eq(classifier.name, name)).orderBy(desc(classifier.version)),
      );
      if (rows.length === 0) throw notFound();
      return rows.map(asClassifier);
    },

    async remove(who, name) {
      const removed = await database.withTenant(who.tenant, async (tx) => {
        const rows = await tx
          .delete(classifier)
          .where(eq(classifier.name, name))
          .returning({ blob: classifier.blob });
        if (rows.length === 0) throw notFound();
        await recordAudit(tx, { actor: who.actor, action: 'classifier.remove', target: name });
        return rows;
      });
      for (const { blob } of removed) {
        heads.delete(blob);
        await blobs.delete(blob);
      }
    },

    async find(tenant, reference): Promise<TrainedHead> {
      const row = await database.withTenant(tenant, (tx) => findVersion(tx, reference));
      if (!row) throw ParlanceError.field('/options/classifier', thereIsNone, 'not_found');
      const model = { id: row.modelId, revision: row.modelRevision };
      return { name: row.name, version: row.version, model, head: await headOf(row.blob) };
    },
  };
}

/** `name@version`, or the newest of a name. */
async function findVersion(tx: Transaction, reference: string) {
  const [name = '', version] = reference.split('@');
  const wanted = eq(classifier.name, name);
  const [row] = await tx
    .select()
    .from(classifier)
    .where(version === undefined ? wanted : and(wanted, eq(classifier.version, Number(version))))
    .orderBy(desc(classifier.version))
    .limit(1);
  return row;
}

function asClassifier({
  tenantId: _,
  blob: __,
  modelId: id,
  modelRevision: revision,
  facts,
  createdAt,
  ...row
}: typeof classifier.$inferSelect): Classifier {
  return { ...row, createdAt: createdAt.toISOString(), model: { id, revision }, ...facts };
}

/** What would mend a threshold below which nothing is, by what it was to be found on. */
const mends = {
  nothing: 'with fewer than six labels it needs rows that have none. Send some with the label null.',
  rows: 'none tells the rows without a label from those with one. Send more of them, in words that no label has.',
  classes: 'what is of none could not be told from the labels themselves. Send rows with the label null.',
};

const noThreshold = (by: keyof typeof mends): ClassifierWarning => ({
  code: 'no_threshold',
  detail: `No text will be out of scope, for lack of a threshold: ${mends[by]}`,
});

const thereIsNone =
  'There is no such classifier, or no such version. GET /api/v1/classifiers lists what there is.';

const notFound = () => new ParlanceError('not_found', thereIsNone);

const busy = () =>
  new ParlanceError('overloaded', 'Another classifier is being trained. Try again in a while.', {
    details: { retryAfter: retryAfterSeconds },
  });
