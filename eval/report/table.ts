import type { EvaluationRun } from '#contracts';
import { withInterval } from './words.ts';

/** What depends on the machine says nothing in a table that is read elsewhere. */
const machine = ['latency', 'tokens', 'cost'];
const shown = 2;

/** Runs as rows of a Markdown table: of each suite its first metrics, with intervals. */
export function scoreTable(runs: EvaluationRun[]): string {
  const rows = runs.flatMap(({ suite, metrics }) =>
    suite.scorers
      .filter(({ name }) => !machine.includes(name))
      .slice(0, shown)
      .flatMap(({ as, name }) => {
        const each = metrics[as ?? name];
        return each ? [[suite.title, as ?? name, withInterval(each), String(each.rows)]] : [];
      }),
  );
  const all = [['suite', 'metric', 'value (95 %)', 'rows'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  const [head = [], ...body] = all;
  return [line(head), rule, ...body.map(line)].join('\n');
}
