import { and, asc, desc, eq } from 'drizzle-orm';
import { type DatasetVersion, ParlanceError } from '#contracts';
import { canonicalJson, sha256Of } from '#eval';
import type { Database, Transaction } from '../../db/database.ts';
import { datasetVersion, labelledRow } from '../../db/schema/index.ts';
import { agentOf } from '../../desk/staff.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { Principal } from '../../principal.ts';
import { assertDataset } from './row-store.ts';

const maxListed = 500;

/** The rows of a dataset as they are written: canonical JSONL and the SHA-256 of its bytes. */
export interface DatasetText {
  text: string;
  sha256: string;
  rows: number;
}

export interface VersionStore {
  /** The rows as they are now; a version made of them has the same hash. Throws `not_found`. */
  current(tenant: string, dataset: string): Promise<DatasetText>;
  /** Keeps the rows as they are now, for good. The same rows again are the same version. Throws `not_found` and, without a row, `conflict`. */
  freeze(author: Principal, dataset: string): Promise<DatasetVersion>;
  /** The latest first. Throws `not_found`. */
  list(tenant: string, dataset: string): Promise<DatasetVersion[]>;
  /** The rows that a version keeps. Throws `not_found`. */
  read(tenant: string, dataset: string, sha256: string): Promise<DatasetText>;
}

/** Frozen versions of datasets, over the database. */
export function createVersionStore(database: Database): VersionStore {
  return {
    current: (tenant, dataset) => database.withTenant(tenant, (tx) => textOf(tx, dataset)),
    freeze: (author, dataset) =>
      database.withTenant(author.tenant, async (tx) => {
        const { text, sha256, rows } = await textOf(tx, dataset);
        if (rows === 0) throw new ParlanceError('conflict', 'The dataset has no rows: add some first.');
        const { name } = await agentOf(tx, author);
        const [made] = await tx
          .insert(datasetVersion)
          .values({
            ...{ dataset, sha256, rows, bytes: Buffer.byteLength(text), content: text },
            ...{ by: author.actor, byName: name },
          })
          .onConflictDoNothing()
          .returning(columns);
        if (!made) return asVersion(await find(tx, dataset, sha256));
        await recordAudit(tx, {
          actor: author.actor,
          action: 'dataset.freeze',
          target: dataset,
          detail: { sha256, rows },
        });
        return asVersion(made);
      }),
    list: (tenant, dataset) =>
      database.withTenant(tenant, async (tx) => {
        await assertDataset(tx, dataset);
        const rows = await tx
          .select(columns)
          .from(datasetVersion)
          .where(eq(datasetVersion.dataset, dataset))
          .orderBy(desc(datasetVersion.at), asc(datasetVersion.sha256))
          .limit(maxListed);
        return rows.map(asVersion);
      }),
    read: (tenant, dataset, sha256) =>
      database.withTenant(tenant, async (tx) => {
        const { content, rows } = await find(tx, dataset, sha256);
        return { text: content, sha256, rows };
      }),
  };
}

const { dataset, sha256, rows, bytes, by, byName, at } = datasetVersion;
const columns = { dataset, sha256, rows, bytes, by, byName, at };

/** Throws `not_found`. */
async function find(tx: Transaction, name: string, hash: string) {
  const [row] = await tx
    .select()
    .from(datasetVersion)
    .where(and(eq(dataset, name), eq(sha256, hash)));
  if (!row) throw new ParlanceError('not_found', 'The dataset has no version with this hash.');
  return row;
}

async function textOf(tx: Transaction, name: string): Promise<DatasetText> {
  await assertDataset(tx, name);
  const { id, group, content } = labelledRow;
  const found = await tx
    .select({ id, group, content })
    .from(labelledRow)
    .where(eq(labelledRow.dataset, name))
    .orderBy(asc(id));
  const text = found.map((row) => `${lineOf(row)}\n`).join('');
  return { text, sha256: sha256Of(text), rows: found.length };
}

function lineOf({ id, group, content }: { id: string; group: string | null; content: string }): string {
  const [input, expected] = JSON.parse(content);
  return canonicalJson({ id, input, expected, ...(group !== null && { group }) });
}

const asVersion = (
  row: Omit<typeof datasetVersion.$inferSelect, 'content' | 'tenantId'>,
): DatasetVersion => ({
  ...{ dataset: row.dataset, sha256: row.sha256, rows: row.rows, bytes: row.bytes },
  ...{ by: row.by, byName: row.byName, at: row.at.toISOString() },
});
