import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import type { EvaluationRun, TargetReference } from '#contracts';
import { canonicalJson, fingerprintOf, verdictLine, withInterval } from '#eval';
import type { AcceptedRuns } from '../../evaluation/accepted.ts';
import { FileJournal, readResults } from '../../evaluation/journal-file.ts';
import { environmentOf, perform } from '../../evaluation/perform.ts';
import { type Plan, planOf } from '../../evaluation/plan.ts';
import { bundledNames } from '../../evaluation/suites.ts';
import { openTarget } from '../../evaluation/targets/open.ts';
import { clientOf, findServer, type ServerChoice } from '../backend/connect.ts';
import type { CliContext } from '../context.ts';
import { exitCodes, UsageError } from '../exit.ts';
import { print } from '../verbs/print.ts';
import { openAgainst } from './against.ts';
import { type JudgeFlags, openJudge } from './judge.ts';
import { showProgress } from './progress.ts';
import { RunFolder } from './run-folder.ts';
import { openSubject, type Subject } from './subject.ts';
import { type FoundSuite, findSuite, keepLock } from './suites.ts';

export interface RunFlags extends ServerChoice, JudgeFlags {
  suite?: string[];
  model?: string;
  against?: string;
  out: string;
  resume?: boolean;
  limit?: string;
  filterFailing?: string;
  allowInconclusive?: boolean;
  json?: boolean;
  quiet?: boolean;
}

/**
 * Runs suites one after the other and writes a folder for each. The exit code is that of the worst: `gateFailed` when a gate did
 * not hold, or could not be decided and that was not allowed.
 */
export async function runSuites(context: CliContext, names: string[], flags: RunFlags): Promise<void> {
  const config = context.config();
  const chosen = names.length > 0 ? names : await bundledNames(config.root);
  // All are read before any is run: a mistake in the last must not cost the time of the first.
  const suites = await Promise.all(chosen.map((name) => findSuite(config.root, name)));
  const limit = wholeNumber(flags.limit);
  for (const each of suites) await keepLock(each);
  const subject = openSubject(config);
  const runs: EvaluationRun[] = [];
  try {
    for (const each of suites) runs.push(await runOne(context, each, { ...flags, limit }, subject));
  } finally {
    await subject.close();
  }
  if (flags.json) print(runs, true, [], []);
  const bad = runs.some(
    ({ outcome }) => outcome === 'failed' || (outcome === 'inconclusive' && !flags.allowInconclusive),
  );
  if (bad) context.exit(exitCodes.gateFailed);
}

async function runOne(
  context: CliContext,
  found: FoundSuite,
  flags: Omit<RunFlags, 'limit'> & { limit: number | undefined },
  subject: Subject,
): Promise<EvaluationRun> {
  const { suite, folder } = found;
  const { document } = suite;
  const against = await openAgainst(found, flags.against, () => acceptedAt(context, flags));
  const { secret } = context.config();
  const reference = targetOf(found, flags.model);
  const target = await openTarget(reference, { ...subject, secret });
  const ask = openJudge(flags, [reference], secret, context.signal);
  // Before anything is written: rows that are not the pinned ones must leave no run behind.
  const plan = await planOf(suite, folder);
  if (!flags.quiet) foretell(document.title, plan);
  const place = new RunFolder(join(flags.out, document.suite));
  const fingerprint = fingerprintOf(document);
  const now = {
    ...{ id: randomUUID(), suite: document.suite, fingerprint, startedAt: new Date().toISOString() },
    asks: askedOf(reference, flags.judgeModel),
    file: relative(place.path, found.file),
  };
  const lock = await place.lock();
  const progress = showProgress(document.title, !flags.quiet && Boolean(process.stderr.isTTY));
  const problems = new Map<string, number>();
  let journal: FileJournal | undefined;
  try {
    const begun = await place.begin(now, flags.resume ?? false);
    journal = await FileJournal.open(place.results);
    const { run, tally } = await perform({
      ...{ id: begun.id, suite, folder, target, journal, against, limit: flags.limit },
      tools: { embed: subject.embed, ...(ask && { ask }) },
      only: flags.filterFailing === undefined ? undefined : await failingIn(flags.filterFailing),
      environment: {
        ...environmentOf(context.config().version, await commitOf(context.config().root)),
        ...(flags.judgeModel && { Judge: flags.judgeModel }),
      },
      startedAt: new Date(begun.startedAt),
      signal: context.signal,
      onResult(result) {
        progress.step();
        const problem = result.answer.error?.detail;
        if (problem !== undefined) problems.set(problem, (problems.get(problem) ?? 0) + 1);
      },
    });
    await place.finish(run, tally);
    progress.stop();
    if (!flags.quiet) tell(run, problems, place.report);
    return run;
  } finally {
    progress.stop();
    await journal?.close();
    await lock.release();
  }
}

/** Where a server keeps what was accepted. */
async function acceptedAt(context: CliContext, flags: ServerChoice): Promise<AcceptedRuns> {
  const server = await findServer(context.config(), flags);
  if (!server)
    throw new UsageError('Accepted runs are kept by a server, and none answers: name one by --server.');
  return clientOf(server).evaluations.runs;
}

function targetOf({ suite }: FoundSuite, model: string | undefined): TargetReference {
  const { target, suite: name } = suite.document;
  if (!target) throw new UsageError(`${name} does not say what it asks: give it a target.`);
  if (model === undefined) return target;
  if (!('task' in target)) throw new UsageError(`${name} does not ask a task, so it takes no --model.`);
  return { ...target, model };
}

/** What makes answers comparable within one run: half of one model and half of another is the run of none. */
function askedOf(reference: TargetReference, judge: string | undefined): string {
  const asked = 'endpoint' in reference ? reference.endpoint.model : canonicalJson(reference);
  return judge === undefined ? asked : `${asked}, judged by ${judge}`;
}

/** Rows whose first score was not the best there is, and those that were errors. */
async function failingIn(folder: string): Promise<ReadonlySet<string>> {
  const failing = new Set<string>();
  for await (const { id, answer, scores } of readResults(new RunFolder(folder).results)) {
    const value = Object.values(scores)[0]?.value;
    if (answer.error || value === null || value === undefined || value < 1) failing.add(id);
  }
  if (failing.size === 0) throw new UsageError(`Every row was right in ${folder}.`);
  return failing;
}

/** Said beforehand, so that nobody finds out afterwards what a set could not have shown. */
function foretell(title: string, { rows, questions, detectable, rowsForTwoPoints }: Plan): void {
  const asked = questions > rows ? `${rows} rows, ${questions} questions` : `${rows} rows`;
  process.stderr.write(
    `${title}: ${asked}. Where two runs disagree on a tenth of them, a difference of ${(detectable * 100).toFixed(1)} points is found four times out of five; for 2 points it takes ${rowsForTwoPoints} rows.\n`,
  );
}

function tell(run: EvaluationRun, problems: Map<string, number>, report: string): void {
  const head = ['metric', 'value (95 %)', 'rows', 'compared with before'];
  const rows = Object.entries(run.metrics).map(([name, each]) => {
    const pair = run.comparison?.metrics.find(({ metric, slice }) => metric === name && slice === null);
    return [name, withInterval(each), String(each.rows), pair?.words ?? ''];
  });
  process.stderr.write(`\n${run.suite.title} (${run.target.name})\n`);
  print(null, false, head, rows);
  const [often] = [...problems].sort(([, a], [, b]) => b - a);
  if (often)
    process.stderr.write(
      `  ${run.counts.errored} of ${run.counts.asked} answers failed, most often with: ${often[0]}\n`,
    );
  for (const { outcome, words } of run.gates)
    if (outcome !== 'passed') process.stderr.write(`  ${outcome}: ${words}\n`);
  process.stderr.write(`${verdictLine(run)} ${report}\n`);
}

function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new UsageError('--limit is a whole number from 1.');
  return value;
}

/** The commit of a checkout; null where there is none. */
async function commitOf(root: string): Promise<string | null> {
  const { stdout } = await promisify(execFile)('git', ['-C', root, 'rev-parse', '--short', 'HEAD']).catch(
    () => ({ stdout: '' }),
  );
  return stdout.trim() || null;
}
