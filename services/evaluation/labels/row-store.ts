import { and, asc, desc, eq, gt, or, sql } from 'drizzle-orm';
import {
  type AddRowRequest,
  type LabelledDataset,
  type LabelledRow,
  type LabelledRowPage,
  type LabelledRowQuery,
  maxLabelledRows,
  ParlanceError,
} from '#contracts';
import { canonicalJson } from '#eval';
import type { Database, Transaction } from '../../db/database.ts';
import { newId } from '../../db/id.ts';
import { datasetVersion, labelledRow } from '../../db/schema/index.ts';
import { agentOf } from '../../desk/staff.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { Principal } from '../../principal.ts';
import { cursorOf, holds, holdsInJson, idPlace, placeOf } from '../cursor.ts';
import { assertThere, groupOf, nameOf } from './origin.ts';

/** Bytes of all rows of one dataset: it is read as a whole when it is frozen. */
const maxBytes = 16 * 1024 * 1024;
const maxListed = 500;

export interface RowStore {
  /**
   * Adds a row to a dataset, which is there from its first row on. The same row of the same origin again changes nothing. Throws
   * `not_found` when there is no such origin, `conflict` when the dataset has another row of it, and `too_large`.
   */
  add(author: Principal, dataset: string, request: AddRowRequest): Promise<LabelledRow>;
  /** Removes a row; versions keep it. Throws `not_found`. */
  remove(author: Principal, dataset: string, id: string): Promise<void>;
  /** By name. */
  datasets(tenant: string): Promise<LabelledDataset[]>;
  /** In the order in which they were added. Throws `not_found` when there is no such dataset. */
  list(tenant: string, dataset: string, query: LabelledRowQuery): Promise<LabelledRowPage>;
}

/** Rows that people labelled, over the database. */
export function createRowStore(database: Database): RowStore {
  return {
    add: (author, dataset, { input, expected, from, group, note }) =>
      database.withTenant(author.tenant, async (tx) => {
        await assertThere(tx, from);
        const { name } = await agentOf(tx, author);
        const values = {
          ...{ dataset, from, origin: nameOf(from), group: group ?? groupOf(from), note },
          content: canonicalJson([input, expected]),
        };
        const [added] = await tx
          .insert(labelledRow)
          .values({ ...values, id: newId('row'), by: author.actor, byName: name })
          .onConflictDoNothing()
          .returning();
        if (added) await assertRoom(tx, dataset);
        return asRow(added ?? (await findSame(tx, values)));
      }),
    remove: ({ tenant, actor }, dataset, id) =>
      database.withTenant(tenant, async (tx) => {
        const gone = await tx
          .delete(labelledRow)
          .where(and(eq(labelledRow.dataset, dataset), eq(labelledRow.id, id)))
          .returning();
        if (!gone[0]) throw new ParlanceError('not_found', 'The dataset has no row with this id.');
        await recordAudit(tx, {
          actor,
          action: 'dataset.remove',
          target: id,
          detail: { dataset, origin: gone[0].origin },
        });
      }),
    datasets: (tenant) => database.withTenant(tenant, listDatasets),
    list: (tenant, dataset, query) => database.withTenant(tenant, (tx) => listRows(tx, dataset, query)),
  };
}

async function assertRoom(tx: Transaction, dataset: string): Promise<void> {
  const [sum] = await tx
    .select({
      rows: sql<number>`count(*)::int`,
      bytes: sql<number>`sum(octet_length(${labelledRow.content}))::int`,
    })
    .from(labelledRow)
    .where(eq(labelledRow.dataset, dataset));
  if (sum && (sum.rows > maxLabelledRows || sum.bytes > maxBytes))
    throw new ParlanceError(
      'too_large',
      `A dataset holds ${maxLabelledRows} rows and ${maxBytes / 1024 ** 2} MiB. Begin another one.`,
    );
}

type Values = Pick<typeof labelledRow.$inferSelect, 'dataset' | 'origin' | 'content' | 'note' | 'group'>;

async function findSame(tx: Transaction, { dataset, origin, content, note, group }: Values) {
  const [row] = await tx
    .select()
    .from(labelledRow)
    .where(and(eq(labelledRow.dataset, dataset), eq(labelledRow.origin, origin)));
  if (row?.content !== content || row.note !== note || row.group !== group)
    throw new ParlanceError(
      'conflict',
      'The dataset has a row from there that says something else. Remove that one first.',
    );
  return row;
}

async function listDatasets(tx: Transaction): Promise<LabelledDataset[]> {
  const facts = sql`(select dataset as name, 1 as of_row, 0 as of_version, at from ${labelledRow}
    union all select dataset, 0, 1, at from ${datasetVersion}) facts`;
  const rows = await tx
    .select({
      name: sql<string>`name`,
      rows: sql<number>`sum(of_row)::int`,
      versions: sql<number>`sum(of_version)::int`,
      changedAt: sql<number>`extract(epoch from max(at))::double precision * 1000`,
    })
    .from(facts)
    .groupBy(sql`name`)
    .orderBy(sql`name`)
    .limit(maxListed);
  return rows.map((row) => ({ ...row, changedAt: new Date(Number(row.changedAt)).toISOString() }));
}

async function listRows(tx: Transaction, dataset: string, query: LabelledRowQuery): Promise<LabelledRowPage> {
  await assertDataset(tx, dataset);
  const { search, after, limit } = query;
  const [last] = placeOf(after, idPlace) ?? [];
  const rows = await tx
    .select()
    .from(labelledRow)
    .where(
      and(
        eq(labelledRow.dataset, dataset),
        last === undefined ? undefined : gt(labelledRow.id, last),
        search ? or(holdsInJson(labelledRow.content, search), holds(labelledRow.note, search)) : undefined,
      ),
    )
    .orderBy(asc(labelledRow.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const end = rows.length > limit ? shown.at(-1) : undefined;
  return { rows: shown.map(asRow), next: end ? cursorOf(end.id) : null };
}

/** Throws `not_found` for a name under which there is neither a row nor a version. */
export async function assertDataset(tx: Transaction, dataset: string): Promise<void> {
  const [row] = await tx
    .select({ id: labelledRow.id })
    .from(labelledRow)
    .where(eq(labelledRow.dataset, dataset))
    .limit(1);
  if (row) return;
  const [version] = await tx
    .select({ sha256: datasetVersion.sha256 })
    .from(datasetVersion)
    .where(eq(datasetVersion.dataset, dataset))
    .orderBy(desc(datasetVersion.at))
    .limit(1);
  if (!version) throw new ParlanceError('not_found', 'There is no dataset of this name.');
}

function asRow(row: typeof labelledRow.$inferSelect): LabelledRow {
  const [input, expected] = JSON.parse(row.content);
  const { id, group, from, note, by, byName, at } = row;
  return { id, input, expected, group, from, note, by, byName, at: at.toISOString() };
}
