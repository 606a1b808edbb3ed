import type { EvaluationRun } from '#contracts';
import { verdictLine, withInterval } from './words.ts';

const mark = { passed: '✅', failed: '❌', inconclusive: '⚠️' } as const;

/** A run as a comment on a change: what became of it first, then the figures, then what differs. */
export function markdownReport(run: EvaluationRun): string {
  const { suite, target, metrics, gates, comparison } = run;
  const lines = [
    `### ${mark[run.outcome]} ${suite.title} (${suite.suite} version ${suite.version}, ${target.name})`,
    '',
    verdictLine(run),
    '',
    '| metric | value (95 %) | rows | compared with before |',
    '|---|---|---|---|',
    ...Object.entries(metrics).map(([name, each]) => {
      const pair = comparison?.metrics.find(({ metric, slice }) => metric === name && slice === null);
      return `| ${name} | ${withInterval(each)} | ${each.rows} | ${pair ? cell(pair.words) : '–'} |`;
    }),
  ];
  if (gates.length > 0) {
    lines.push('', '| gate | |', '|---|---|');
    lines.push(...gates.map((gate) => `| ${mark[gate.outcome]} | ${cell(gate.words)} |`));
  }
  const differing =
    comparison?.metrics.filter(({ slice, verdict }) => slice && verdict !== 'inconclusive') ?? [];
  if (differing.length > 0) {
    lines.push('', 'Slices that differ, after Holm’s correction:', '');
    lines.push(...differing.map(({ metric, slice, words }) => `- ${metric}, ${slice}: ${words}`));
  }
  return `${lines.join('\n')}\n`;
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
