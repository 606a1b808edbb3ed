import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  type EntityKind,
  entityKind,
  type RedactionStyle,
  redactionStyle,
  type SummariesOptions,
} from '#contracts';
import type { CliContext } from '../context.ts';
import { rowsCommand, type ScoreFlags, scoreRows } from './score.ts';

interface ClassifyFlags {
  classifier?: string;
  labels?: string;
  threshold?: number;
}

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

  rowsCommand(program, 'summarize', 'Pick the sentences that say most of each text')
    .option('--sentences <number>', 'at most so many sentences', number)
    .option('--ratio <share>', 'at most this share of the sentences, such as 0.2', number)
    .option('--words <number>', 'at most so many words', number)
    .option(
      '--conversation',
      'the texts are transcripts: also what was asked, done, promised, and how it ended',
    )
    .option('--customer <speaker>', 'which speaker is the customer, where the names do not say it')
    .action((file: string, flags: ScoreFlags & SummaryFlags) => {
      const { model, sentences, ratio, words, customer } = flags;
      const kind = flags.conversation ? ('conversation' as const) : undefined;
      return scoreRows(context, 'summaries', file, flags, { model, sentences, ratio, words, customer, kind });
    });

  rowsCommand(program, 'entities', 'Find names, cards, e-mail addresses and other entities')
    .addOption(kindsOption())
    .action((file: string, flags: ScoreFlags & { kinds?: EntityKind[] }) =>
      scoreRows(context, 'entities', file, flags, { model: flags.model, kinds: flags.kinds }),
    );

  rowsCommand(program, 'redact', 'Take entities out of texts')
    .addOption(kindsOption())
    .addOption(new Option('--style <style>', 'what stands in their place').choices(redactionStyle.options))
    .action((file: string, flags: ScoreFlags & { kinds?: EntityKind[]; style?: RedactionStyle }) => {
      const { model, kinds, style } = flags;
      return scoreRows(context, 'redactions', file, flags, { model, kinds, style });
    });

  rowsCommand(program, 'language', 'Say which language texts are in')
    .option('--among <codes>', 'what it can be, such as en,es')
    .action((file: string, flags: ScoreFlags & { among?: string }) => {
      const among = flags.among?.split(',').map((code) => code.trim());
      return scoreRows(context, 'languages', file, flags, { model: flags.model, among });
    });

  rowsCommand(program, 'classify', 'Give texts one of some labels')
    .option('--classifier <name>', 'one that was trained on the server: name or name@version')
    .option('--labels <names>', 'labels without training, such as "delivery,payment,returns"')
    .option('--threshold <probability>', 'below which a text is out of scope', Number)
    .action((file: string, flags: ScoreFlags & ClassifyFlags) => {
      const { model, classifier, threshold } = flags;
      const labels = flags.labels?.split(',').map((label) => label.trim());
      return scoreRows(context, 'classifications', file, flags, { model, classifier, labels, threshold });
    });

  rowsCommand(program, 'rerank', 'Say how near texts are to a query')
    .requiredOption('--query <text>', 'what is looked for')
    .action((file: string, flags: ScoreFlags & { query: string }) =>
      scoreRows(context, 'rerank', file, flags, { model: flags.model, query: flags.query }),
    );
}

interface ClassifyFlags {
  classifier?: string;
  labels?: string;
  threshold?: number;
}

type SummaryFlags = Pick<SummariesOptions, 'sentences' | 'ratio' | 'words' | 'customer'> & {
  conversation?: boolean;
};

function number(value: string): number {
  if (value.trim() === '' || !Number.isFinite(Number(value)))
    throw new InvalidArgumentError('It is not a number.');
  return Number(value);
}

const kindsOption = () =>
  new Option('--kinds <kind...>', 'these only; all when left out').choices(entityKind.options);
