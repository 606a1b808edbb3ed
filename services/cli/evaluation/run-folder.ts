import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type EvaluationRun, evaluationRun, type SampleResult } from '#contracts';
import {
  baselineOf,
  htmlReport,
  junitReport,
  markdownReport,
  type ReportSamples,
  type Tally,
  writeBaseline,
} from '#eval';
import { readResults } from '../../evaluation/journal-file.ts';
import { UsageError } from '../exit.ts';

/** What a run began with, so that it can go on. */
const beginning = z.object({
  id: z.uuid(),
  suite: z.string(),
  fingerprint: z.string(),
  startedAt: z.iso.datetime(),
});
export type Beginning = z.infer<typeof beginning>;

const worstShown = 30;

/** A folder with everything that is known of one run. */
export class RunFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  get results(): string {
    return join(this.path, 'results.jsonl');
  }

  get report(): string {
    return join(this.path, 'report.html');
  }

  get #began(): string {
    return join(this.path, 'began.json');
  }

  /** Begins a run here, or finds the one that was begun. Throws `UsageError` when it is one of something else. */
  async begin(now: Beginning, resume: boolean): Promise<Beginning> {
    if (existsSync(this.#began)) {
      const before = beginning.parse(JSON.parse(await readFile(this.#began, 'utf8')));
      if (!resume)
        throw new UsageError(
          `There is a run in ${this.path}: go on with it by --resume, or name another folder.`,
        );
      if (before.fingerprint !== now.fingerprint)
        throw new UsageError(
          `The run in ${this.path} is of ${before.suite} as it was. Begin a new one in another folder.`,
        );
      return before;
    }
    await mkdir(this.path, { recursive: true });
    await writeFile(this.#began, `${JSON.stringify(now)}\n`);
    return now;
  }

  /** Writes the run in every form. */
  async finish(run: EvaluationRun, tally: Tally): Promise<void> {
    await Promise.all([
      this.#write('run.json', `${JSON.stringify(run, null, 2)}\n`),
      this.#write('baseline.jsonl', writeBaseline(baselineOf(run, tally))),
      this.#write('junit.xml', junitReport(run)),
      this.#write('comment.md', markdownReport(run)),
      this.#write('report.html', htmlReport(run, await this.#samples(run))),
    ]);
  }

  #write(name: string, text: string): Promise<void> {
    return writeFile(join(this.path, name), text);
  }

  async #samples(run: EvaluationRun): Promise<ReportSamples | null> {
    const [[scorer, { better }] = [undefined, { better: 'higher' }]] = Object.entries(run.metrics);
    if (scorer === undefined) return null;
    const sign = better === 'higher' ? 1 : -1;
    const badness = ({ scores }: SampleResult) => sign * (scores[scorer]?.value ?? Number.NEGATIVE_INFINITY);
    const values: number[] = [];
    let worst: SampleResult[] = [];
    for await (const result of readResults(this.results)) {
      const value = result.scores[scorer]?.value;
      if (typeof value === 'number') values.push(value);
      worst.push(result);
      if (worst.length >= worstShown * 2)
        worst = worst.sort((a, b) => badness(a) - badness(b)).slice(0, worstShown);
    }
    const shown = worst.sort((a, b) => badness(a) - badness(b)).slice(0, worstShown);
    return { scorer, values, worst: shown };
  }
}

/** The run that a folder has. Throws `UsageError` when it is none, or was not finished. */
export async function readRun(path: string): Promise<EvaluationRun> {
  const file = join(path, 'run.json');
  if (!existsSync(file)) throw new UsageError(`There is no finished run in ${path}.`);
  return evaluationRun.parse(JSON.parse(await readFile(file, 'utf8')));
}
