import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { rowsCommand, type ScoreFlags, scoreRows } from './score.ts';

/** One verb per task: what it is called here, and which of its flags are options of the task. */
export function addTaskVerbs(program: Command, context: CliContext): void {
  rowsCommand(program, 'sentiment', 'Score texts: negative, neutral or positive, and −5 to +5')
    .option('--sentences', 'also score each sentence')
    .option('--explain', 'also give the spans that carried the verdict')
    .action((file: string, flags: ScoreFlags & { sentences?: boolean; explain?: boolean }) => {
      const { model, sentences, explain } = flags;
      return scoreRows(context, 'sentiment', file, flags, { model, sentences, explain });
    });

  rowsCommand(program, 'translate', 'Translate texts')
    .requiredOption('-t, --to <language>', 'the language to translate into, such as es')
    .option('--from <language>', 'the language of the texts; found for each when left out')
    .action((file: string, flags: ScoreFlags & { to: string; from?: string }) => {
      const { model, to: target, from: source } = flags;
      return scoreRows(context, 'translations', file, flags, { model, target, source });
    });

  rowsCommand(program, 'embed', 'Turn texts into vectors').action((file: string, flags: ScoreFlags) =>
    scoreRows(context, 'embeddings', file, flags, { model: flags.model }),
  );
}
