import { and, desc, eq, sql } from 'drizzle-orm';
import { type AcceptedRun, ParlanceError, type SignVerdictRequest, type StoredVerdict } from '#contracts';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/id.ts';
import { evaluationRun, evaluationVerdict } from '../db/schema/index.ts';
import { agentOf } from '../desk/staff.ts';
import { recordAudit } from '../identity/audit.ts';
import type { Principal } from '../principal.ts';
import { lockRun, readRun } from './run-rows.ts';

export interface VerdictStore {
  /**
   * Signs a word on a run; an earlier one stays and no longer counts. Throws `not_found`, and `conflict` for a run that is
   * incomplete or not of the whole suite, or whose failed gates are accepted without saying so.
   */
  sign(author: Principal, runId: string, request: SignVerdictRequest): Promise<StoredVerdict>;
  /** The run of a suite that was accepted last and not rejected since: what later ones are compared with. */
  accepted(tenant: string, suite: string): Promise<AcceptedRun>;
}

/** What people said about runs, over the database. */
export function createVerdictStore(database: Database): VerdictStore {
  return {
    sign: (author, runId, request) =>
      database.withTenant(author.tenant, async (tx) => {
        const run = await lockRun(tx, runId);
        assertSignable(run, request);
        const { name } = await agentOf(tx, author);
        const { suite, sha256 } = run;
        // The clock after the run was locked: now() is when the transaction began, and one that waited may have begun first.
        const [row] = await tx
          .insert(evaluationVerdict)
          .values({
            ...{ ...request, id: newId('ver'), runId, suite, runSha256: sha256 },
            ...{ by: author.actor, byName: name, at: sql`clock_timestamp()` },
          })
          .returning();
        if (!row) throw new Error('insert returned no row');
        const decided = { decision: row.decision, decidedBy: name, decidedAt: row.at };
        await tx
          .update(evaluationRun)
          .set({ ...decided, needsVerdict: false })
          .where(eq(evaluationRun.id, runId));
        await recordAudit(tx, {
          actor: author.actor,
          action: `evaluation.${row.decision}`,
          target: runId,
          detail: { suite, sha256, despite: row.despite, verdict: row.id },
        });
        return asVerdict(row);
      }),
    accepted: (tenant, suite) =>
      database.withTenant(tenant, async (tx) => {
        const [row] = await tx
          .select({ id: evaluationRun.id })
          .from(evaluationRun)
          .where(and(eq(evaluationRun.suite, suite), eq(evaluationRun.decision, 'accepted')))
          .orderBy(desc(evaluationRun.decidedAt))
          .limit(1);
        if (!row) return { run: null, verdict: null };
        const [verdict = null] = await verdictsOf(tx, row.id);
        return { run: await readRun(tx, row.id), verdict };
      }),
  };
}

/** The verdicts on a run, the one that counts first. */
export async function verdictsOf(tx: Transaction, runId: string): Promise<StoredVerdict[]> {
  const rows = await tx
    .select()
    .from(evaluationVerdict)
    .where(eq(evaluationVerdict.runId, runId))
    .orderBy(desc(evaluationVerdict.at), desc(evaluationVerdict.id))
    .limit(100);
  return rows.map(asVerdict);
}

type Run = Awaited<ReturnType<typeof lockRun>>;

function assertSignable(run: Run, { decision, despite }: SignVerdictRequest): void {
  const refuse = (message: string) => new ParlanceError('conflict', message);
  if (!run.sealedAt) throw refuse('The run is incomplete: seal it when all its results are here.');
  if (run.partial !== null)
    throw refuse(`The run is partial (${run.partial}): a verdict needs the whole suite.`);
  const failed = run.outcome === 'failed' || run.gatesFailed > 0;
  if (decision === 'accepted' && failed && !despite)
    throw refuse('The run failed its gates. To accept it nevertheless, send despite: true and say why.');
}

const asVerdict = ({ tenantId: _, at, ...row }: typeof evaluationVerdict.$inferSelect): StoredVerdict => ({
  ...row,
  at: at.toISOString(),
});
