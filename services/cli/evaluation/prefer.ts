import { type AnswerPair, asJson, prefer, withInterval } from '#eval';
import { readResults } from '../../evaluation/journal-file.ts';
import type { CliContext } from '../context.ts';
import { UsageError } from '../exit.ts';
import { print } from '../verbs/print.ts';
import { type JudgeFlags, openJudge } from './judge.ts';
import { showProgress } from './progress.ts';
import { RunFolder, readRun } from './run-folder.ts';

export interface PreferFlags extends JudgeFlags {
  criterion: string;
  json?: boolean;
}

/** Has a language model compare the answers of two finished runs, pair by pair, in both orders. */
export async function preferRuns(
  context: CliContext,
  first: string,
  second: string,
  flags: PreferFlags,
): Promise<void> {
  const [a, b] = await Promise.all([readRun(first), readRun(second)]);
  const { secret } = context.config();
  const ask = openJudge(
    flags,
    [a, b].flatMap(({ suite: { target } }) => target ?? []),
    secret,
    context.signal,
  );
  if (!ask) throw new UsageError('Name the judge by --judge and --judge-model.');
  const pairs = await pairsOf(first, second);
  if (pairs.length === 0) throw new UsageError('The two runs have no row that both answered.');
  const progress = showProgress('Comparing', Boolean(process.stderr.isTTY));
  const found = await prefer(pairs, flags.criterion, ask, progress.step).finally(progress.stop);
  const { counts, wins, consistency } = found;
  const rows = [
    [`${a.target.name} is preferred`, String(counts.a)],
    [`${b.target.name} is preferred`, String(counts.b)],
    ['neither, or not in both orders', String(counts.tie)],
    [`wins of ${a.target.name} among those with a winner`, withInterval(wins)],
    ['the judge said the same in both orders', withInterval(consistency)],
  ];
  const verdicts = pairs.map(({ id }, index) => ({ id, preferred: found.verdicts[index] }));
  print(asJson({ ...found, verdicts }), flags.json, ['', ''], rows);
}

async function pairsOf(first: string, second: string): Promise<AnswerPair[]> {
  const before = new Map<string, AnswerPair['a']>();
  for await (const { id, repeat, answer } of readResults(new RunFolder(first).results))
    if (repeat === 0 && !answer.error) before.set(id, answer.output);
  const pairs: AnswerPair[] = [];
  for await (const { id, repeat, input, answer } of readResults(new RunFolder(second).results)) {
    const a = before.get(id);
    if (repeat === 0 && !answer.error && a !== undefined) pairs.push({ id, input, a, b: answer.output });
  }
  return pairs;
}
