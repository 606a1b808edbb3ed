import { randomUUID } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import {
  type EvaluationRun,
  ParlanceError,
  type Sample,
  type SampleResult,
  type SuiteDocument,
} from '#contracts';
import {
  type Against,
  canonicalJson,
  finishRun,
  type Journal,
  type Row,
  readRows,
  runSuite,
  type ScorerTools,
  type Suite,
  samplesOf,
  sha256Of,
  type Tally,
  type Target,
} from '#eval';

export interface Performance {
  id?: string;
  suite: Suite;
  /** Where the suite's files are. */
  folder: string;
  target: Target;
  journal: Journal;
  tools: ScorerTools;
  against: Against | null;
  /** Only the first rows, or only these. */
  limit?: number | undefined;
  only?: ReadonlySet<string> | undefined;
  /** Rows of a dataset that is kept here, by name and hash. */
  stored?: (name: string, sha256: string) => AsyncIterable<Row>;
  environment: Record<string, string>;
  startedAt?: Date;
  signal: AbortSignal;
  onResult?: (result: SampleResult) => void;
}

/** Runs a suite to its end. As `runSuite` of eval/, with the rows opened and the run finished. */
export async function perform(order: Performance): Promise<{ run: EvaluationRun; tally: Tally }> {
  const { suite, target, limit, only, startedAt = new Date() } = order;
  checkTools(suite, order.tools);
  const chosen = pick(samplesOf(rowsOf(order), suite.document), { limit, only });
  const tally = await runSuite({ ...order, samples: chosen });
  const run = finishRun(tally, {
    id: order.id ?? randomUUID(),
    target: { name: target.name, revision: target.revision },
    datasetSha256: hashOf(suite.document.dataset),
    partial: only ? `${only.size} chosen rows` : limit === undefined ? null : `the first ${limit} rows`,
    startedAt,
    endedAt: new Date(),
    environment: order.environment,
    against: order.against,
  });
  return { run, tally };
}

/** The rows of a suite, from wherever they are. Throws `unsupported` for those of a server that is not here. */
export function rowsOf({
  suite,
  folder,
  stored,
}: Pick<Performance, 'suite' | 'folder' | 'stored'>): AsyncIterable<Row> | Row[] {
  const { dataset } = suite.document;
  if ('rows' in dataset) return dataset.rows;
  if ('file' in dataset) {
    const path = join(folder, dataset.file);
    if (!statSync(path, { throwIfNoEntry: false })?.isFile())
      throw ParlanceError.field('/dataset/file', `There is no file ${path}.`);
    return readRows(dataset.file, createReadStream(path), dataset.sha256);
  }
  if (stored) return stored(dataset.dataset, dataset.sha256);
  throw new ParlanceError('unsupported', 'Datasets kept by a server are there for runs on that server.');
}

const hashOf = (dataset: SuiteDocument['dataset']) =>
  'sha256' in dataset ? dataset.sha256 : sha256Of(canonicalJson(dataset.rows));

async function* pick(
  samples: AsyncIterable<Sample>,
  { limit = Number.POSITIVE_INFINITY, only }: Pick<Performance, 'limit' | 'only'>,
): AsyncGenerator<Sample> {
  let taken = 0;
  for await (const sample of samples) {
    if (only && !only.has(sample.id)) continue;
    // The rest is read all the same: only at the end of a file is it known to be the pinned one.
    if (taken++ < limit) yield sample;
  }
}

function checkTools({ scorers }: Suite, tools: ScorerTools): void {
  const lacking = scorers.find(({ scorer }) => scorer.needs && !tools[scorer.needs]);
  if (lacking)
    throw new ParlanceError(
      'unsupported',
      `The scorer ${lacking.as} needs a ${lacking.scorer.needs === 'ask' ? 'judge: name one with --judge' : 'model for embeddings'}.`,
    );
}

/** What the numbers may depend on beside the suite and the target. */
export const environmentOf = (version: string, commit: string | null): Record<string, string> => ({
  Parlance: version,
  ...(commit && { Commit: commit }),
  Node: process.version,
  Platform: `${process.platform} ${process.arch}`,
  Processor: cpus()[0]?.model ?? 'unknown',
});
