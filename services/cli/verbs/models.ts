import type { Command } from 'commander';
import { asParlanceError, type ModelCard } from '#contracts';
import type { ModelStore } from '#inference';
import { openLibrary } from '../../models/library.ts';
import type { CliContext } from '../context.ts';
import { exitCodes } from '../exit.ts';
import { print } from './print.ts';

/** `models`: what this installation brings. Both verbs read its files and need no server. */
export function addModelVerbs(program: Command, context: CliContext): void {
  const models = program.command('models').description('List and check the models of this installation');

  models
    .command('list')
    .description('List the models; the first of a task is its default')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { catalogue, store } = await open(context);
      const head = ['id', 'task', 'default', 'languages', 'type', 'size', 'licence'];
      const rows = catalogue.cards.map((card) => [
        card.id,
        card.task,
        catalogue.isDefault(card) ? 'yes' : '',
        card.languages.join(', '),
        card.dtype,
        `${(store.size(card) / 1e6).toFixed(1)} MB`,
        card.licence,
      ]);
      print({ models: catalogue.cards }, json, head, rows);
    });

  models
    .command('verify')
    .description('Compare every model file with the catalogued size and sha256')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { catalogue, store } = await open(context);
      const results = await Promise.all(catalogue.cards.map((card) => verify(store, card)));
      const rows = results.map(({ id, files, problem }) => [id, String(files), problem ?? 'whole']);
      print({ models: results }, json, ['id', 'files', 'state'], rows);
      if (results.some(({ problem }) => problem)) context.exit(exitCodes.failed);
    });
}

const open = (context: CliContext) => openLibrary(context.config());

async function verify(store: ModelStore, card: ModelCard) {
  const problem = await store.verify(card).then(
    () => undefined,
    (error) => asParlanceError(error).message,
  );
  return { id: card.id, revision: card.revision, files: card.files.length, problem };
}
