import type { EvaluationRun } from '#contracts';
import { canonicalJson, sha256Of } from '#eval';
import type { evaluationMetric, evaluationRun } from '../db/schema/index.ts';

/** A run as the columns that lists show and order by, and the document that a verdict signs. */
export function columnsOf(run: EvaluationRun): Omit<typeof evaluationRun.$inferInsert, 'createdBy'> {
  const document = canonicalJson(run);
  const { suite, gates, comparison } = run;
  const passed = (outcome: string) => gates.filter((gate) => gate.outcome === outcome).length;
  const compared = (verdict: string) =>
    comparison?.metrics.filter((metric) => metric.verdict === verdict).length ?? 0;
  return {
    id: run.id,
    suite: suite.suite,
    version: suite.version,
    title: suite.title,
    fingerprint: run.fingerprint,
    datasetSha256: run.dataset.sha256,
    targetName: run.target.name,
    targetRevision: run.target.revision,
    partial: run.partial,
    startedAt: new Date(run.startedAt),
    endedAt: new Date(run.endedAt),
    counts: run.counts,
    headlineMetric: headlineOf(run),
    gatesPassed: passed('passed'),
    gatesFailed: passed('failed'),
    gatesInconclusive: passed('inconclusive'),
    comparedWith: comparison?.against.id ?? null,
    better: compared('better'),
    worse: compared('worse'),
    outcome: run.outcome,
    document,
    sha256: sha256Of(document),
  };
}

/** The metrics of a run, a row each. */
export function metricsOf({ id, metrics }: EvaluationRun): (typeof evaluationMetric.$inferInsert)[] {
  return Object.entries(metrics).map(([metric, { value, low, high, better, rows }]) => ({
    ...{ runId: id, metric, value, low, high, better, rows },
  }));
}

function headlineOf({ suite: { scorers }, metrics }: EvaluationRun): string | null {
  const [first] = scorers;
  const name = first?.as ?? first?.name;
  return name !== undefined && Object.hasOwn(metrics, name) ? name : null;
}

/** What somebody should look at: it failed or got worse, and is neither a trial nor half here. */
export const isRegression = (row: { outcome: string; worse: number; partial: string | null }): boolean =>
  row.partial === null && (row.outcome === 'failed' || row.worse > 0);
