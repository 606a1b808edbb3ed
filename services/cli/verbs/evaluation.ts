import type { Command } from 'commander';
import type { ServerChoice } from '../backend/connect.ts';
import type { CliContext } from '../context.ts';
import type { PreferFlags, RunFlags } from '../evaluation/index.ts';
import { print } from './print.ts';

/** What the verbs do, read when one is called: it takes longer to read than all other verbs together. */
const work = () => import('../evaluation/index.ts');

/** `eval`: suites, runs of them, and the runs that later ones are compared with. */
export function addEvaluationVerbs(program: Command, context: CliContext): void {
  const evaluation = program.command('eval').description('Run evaluation suites and judge by their gates');

  evaluation
    .command('list')
    .description('List the suites that come with Parlance')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const suites = await (await work()).bundledSuites(context.config().root);
      const rows = suites.map(({ suite, version, title, plan, gates }) => [
        ...[suite, String(version), title, String(plan.rows), `${(plan.detectable * 100).toFixed(1)} points`],
        String(gates.length),
      ]);
      print({ suites }, json, ['suite', 'version', 'title', 'rows', 'can show', 'gates'], rows);
    });

  evaluation
    .command('run [suite...]')
    .description('Run suites, by name or file; all that come with Parlance unless named')
    .option('--suite <name...>', 'the same, as an option')
    .option('--model <id>', 'the model of a task, instead of the one that the suite or the task names')
    .option(
      '--against <what>',
      'what to compare with: baseline, the folder of a run, accepted, models:/<id>@champion, or nothing',
    )
    .option('--server <url>', 'the server that keeps accepted runs (PARLANCE_URL)')
    .option('--api-key <key>', 'a key with the scope review (PARLANCE_API_KEY)')
    .option('--judge <url>', 'an OpenAI-compatible server that judges, for the scorer of that name')
    .option('--judge-model <name>', 'its model, which is never the one that is judged')
    .option('--judge-key-from <variable>', 'the environment variable with its key')
    .option('--out <folder>', 'where to put results and reports', 'evaluations')
    .option('--resume', 'go on with the run in that folder')
    .option('--limit <n>', 'only the first rows; the run is stamped partial')
    .option('--filter-failing <folder>', 'only the rows that were not right in that run')
    .option('--allow-inconclusive', 'exit with 0 also where a gate could not be decided')
    .option('--json', 'the runs as JSON')
    .option('-q, --quiet', 'no progress and no summary')
    .action(async (names: string[], flags: RunFlags) =>
      (await work()).runSuites(context, [...names, ...(flags.suite ?? [])], flags),
    );

  evaluation
    .command('accept <folder> [suite]')
    .description('Keep a finished run beside its suite: later runs are compared with it')
    .action(async (folder: string, suite?: string) => (await work()).acceptRun(context, folder, suite));

  evaluation
    .command('prefer <folder> <other>')
    .description('Have a language model compare the answers of two runs, in both orders')
    .requiredOption('--criterion <text>', 'by what')
    .option('--judge <url>', 'an OpenAI-compatible server that judges')
    .option('--judge-model <name>', 'its model')
    .option('--judge-key-from <variable>', 'the environment variable with its key')
    .option('--json', 'as JSON, with every verdict')
    .action(async (first: string, second: string, flags: PreferFlags) =>
      (await work()).preferRuns(context, first, second, flags),
    );

  evaluation
    .command('publish <folder>')
    .description('Take a finished run to a server, where reviewers see it')
    .option('--server <url>', 'the server (PARLANCE_URL)')
    .option('--api-key <key>', 'a key with the scope review (PARLANCE_API_KEY)')
    .action(async (folder: string, choice: ServerChoice) =>
      (await work()).publishRun(context, folder, choice),
    );

  evaluation
    .command('table')
    .description('Print the accepted runs of the suites that come with Parlance as a Markdown table')
    .action(async () => {
      process.stdout.write(`${await (await work()).acceptedTable(context.config().root)}\n`);
    });

  evaluation
    .command('import <kind> <file>')
    .description('Write a suite from one of promptfoo (its basic YAML) or of lm-eval (JSONL)')
    .option('--name <name>', 'how the suite is called')
    .action(async (kind: string, file: string, { name }: { name?: string }) =>
      (await work()).importSuite(kind, file, name),
    );

  evaluation
    .command('schema')
    .description('Print the JSON Schema of suites, for editors')
    .action(async () => {
      process.stdout.write(`${JSON.stringify((await work()).suiteSchema(), null, 2)}\n`);
    });
}
