import { Command } from 'commander';
import type { CliContext } from './context.ts';
import { addBatchVerbs } from './verbs/batch.ts';
import { addBenchVerb } from './verbs/bench.ts';
import { addDatabaseVerbs } from './verbs/database.ts';
import { addDemoVerb } from './verbs/demo.ts';
import { addEvaluationVerbs } from './verbs/evaluation.ts';
import { addKeyVerbs } from './verbs/keys.ts';
import { addKnowledgeVerbs } from './verbs/knowledge.ts';
import { addModelVerbs } from './verbs/models.ts';
import { addPeopleVerbs } from './verbs/people.ts';
import { addServeVerb } from './verbs/serve.ts';
import { addTaskVerbs } from './verbs/tasks.ts';

/** Every verb of `parlance`, in the order of the help page. Commander throws instead of ending the process. */
export function createProgram(context: CliContext, version: string): Command {
  const program = new Command('parlance')
    .description('Sentiment, embeddings and the service that answers them.')
    .version(version, '-V, --version')
    .enablePositionalOptions()
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText(
      'after',
      '\nSettings come from the environment: docs/configuration.md. Exit codes: docs/command-line.md.',
    );

  addServeVerb(program);
  addTaskVerbs(program, context);
  addBatchVerbs(program, context);
  addDemoVerb(program, context);
  addModelVerbs(program, context);
  addKeyVerbs(program, context);
  addPeopleVerbs(program, context);
  addKnowledgeVerbs(program, context);
  addEvaluationVerbs(program, context);
  addDatabaseVerbs(program, context);
  addBenchVerb(program, context);
  program
    .command('version')
    .description('Print the version')
    .action(() => {
      process.stdout.write(`${version}\n`);
    });
  inheritExitOverride(program);
  return program;
}

/** Commands made by `.command()` copy settings only when these were there before; the nested ones are made by the verbs. */
function inheritExitOverride(command: Command): void {
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    inheritExitOverride(child);
  }
}
