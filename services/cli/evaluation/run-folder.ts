import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { asParlanceError, type EvaluationRun, evaluationRun, type SampleResult } from '#contracts';
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
import { acquireFolderLock, type FolderLock } from '../../folder-lock.ts';
import { jsonOf } from '../../json.ts';
import { UsageError } from '../exit.ts';

/** What a run began with, so that it can go on. */
const beginning = z.object({
  id: z.uuid(),
  suite: z.string(),
  fingerprint: z.string(),
  startedAt: z.iso.datetime(),
  /** Which model is asked, and which one judges. */
  asks: z.string().optional(),
  /** The suite's file, from this folder: both may be in another checkout later. */
  file: z.string().optional(),
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

  /** Keeps other processes out until it is released. Throws `UsageError` when one is at work here. */
  async lock(): Promise<FolderLock> {
    await mkdir(this.path, { recursive: true });
    return await acquireFolderLock(this.path).catch((cause) => {
      if (asParlanceError(cause).code !== 'conflict') throw cause;
      throw new UsageError(
        `Another process is at work on the run in ${this.path}. Wait for it, or name another folder by --out.`,
      );
    });
  }

  /** Begins a run here, or finds the one that was begun. Throws `UsageError` when it is one of something else. */
  async begin(now: Beginning, resume: boolean): Promise<Beginning> {
    if (existsSync(this.#began)) {
      const before = await this.began();
      if (!resume)
        throw new UsageError(
          `There is a run in ${this.path}: go on with it by --resume, or name another folder.`,
        );
      if (before.fingerprint !== now.fingerprint)
        throw new UsageError(
          `The run in ${this.path} is of ${before.suite} as it was. Begin a new one in another folder.`,
        );
      if (before.asks !== undefined && before.asks !== now.asks)
        throw new UsageError(
          `The run in ${this.path} asks ${before.asks}, and not ${now.asks}. Begin a new one in another folder.`,
        );
      return before;
    }
    await this.#write('began.json', `${JSON.stringify(now)}\n`);
    return now;
  }

  /** What the run here began with. Throws `UsageError` where that cannot be read. */
  async began(): Promise<Beginning> {
    const before = beginning.safeParse(jsonOf(await readFile(this.#began, 'utf8')));
    if (before.data) return before.data;
    throw new UsageError(`${this.#began} cannot be read. Begin a new run in another folder.`);
  }

  /** Writes the run in every form. */
  async finish(run: EvaluationRun, tally: Tally): Promise<void> {
    await Promise.all([
      this.#write('baseline.jsonl', writeBaseline(baselineOf(run, tally))),
      this.#write('junit.xml', junitReport(run)),
      this.#write('comment.md', markdownReport(run)),
      this.#write('report.html', htmlReport(run, await this.#samples(run))),
    ]);
    // By this one a run is known to be finished.
    await this.#write('run.json', `${JSON.stringify(run, null, 2)}\n`);
  }

  /** Whole or not at all, also for who is killed meanwhile. */
  async #write(name: string, text: string): Promise<void> {
    const path = join(this.path, name);
    await writeFile(`${path}.part`, text);
    await rename(`${path}.part`, path);
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
  const { data } = evaluationRun.safeParse(jsonOf(await readFile(file, 'utf8')));
  if (data) return data;
  throw new UsageError(`${file} cannot be read: write it again with "parlance eval run --resume".`);
}
