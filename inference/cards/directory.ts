import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { asParlanceError, type ModelCard, ParlanceError, type UnusableModel } from '#contracts';
import { deriveCard } from './derive.ts';
import type { ModelKind } from './kind.ts';
import { layoutOf } from './layout.ts';
import { cardFile } from './own.ts';
import { pinCard } from './pin.ts';

/** What a folder of models has. */
export interface ModelDirectory {
  cards: ModelCard[];
  /** Folders that look like models and cannot be served. */
  unusable: UnusableModel[];
}

/**
 * Reads a folder of models in Hugging Face layout, `<name>/config.json` or `<owner>/<name>/config.json`. Every file that is served is
 * hashed, which takes a second for a gigabyte or two.
 * @throws ParlanceError `invalid_input` for a folder that cannot be read
 */
export async function readModelDirectory(root: string, kinds: readonly ModelKind[]): Promise<ModelDirectory> {
  const found: ModelDirectory = { cards: [], unusable: [] };
  for (const id of await modelsIn(root)) {
    try {
      const folder = join(root, id);
      const layout = await layoutOf(folder);
      found.cards.push(await pinCard(await deriveCard(layout, kinds, { id, source: 'dir' }), folder, layout));
    } catch (error) {
      found.unusable.push({ id, reason: asParlanceError(error).message });
    }
  }
  return found;
}

/** Of folders of the first or second level those that have a `config.json` or a card of ours, in the order of their names. */
async function modelsIn(root: string): Promise<string[]> {
  const names = await foldersOf(root).catch((cause) => {
    const detail = `The folder of models cannot be read (${cause.code}). Check PARLANCE_MODELS_DIR.`;
    throw new ParlanceError('invalid_input', detail, { cause });
  });
  const ids: string[] = [];
  for (const name of names.sort()) {
    if (await isModel(join(root, name))) ids.push(name);
    else {
      const below = (await foldersOf(join(root, name)).catch(() => [])).sort();
      for (const each of below) if (await isModel(join(root, name, each))) ids.push(`${name}/${each}`);
    }
  }
  return ids;
}

async function foldersOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink());
  return folders.map(({ name }) => name).filter((name) => !name.startsWith('.'));
}

async function isModel(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.includes('config.json') || names.includes(cardFile);
}
