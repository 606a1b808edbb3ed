import { readdir, readFile, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { asParlanceError, type ModelCard, modelCard, ParlanceError, type UnusableModel } from '#contracts';
import { jsonOf } from '../json.ts';

/** The card of a pulled model, beside its files. */
export const cardFile = 'parlance.json';

/** The pulled models of a folder, `<id>/<commit>/parlance.json`. Of several commits of one model the one pulled last counts. */
export async function readPulled(root: string): Promise<{ cards: ModelCard[]; unusable: UnusableModel[] }> {
  const cards = new Map<string, { card: ModelCard; pulledAt: number }>();
  const unusable: UnusableModel[] = [];
  for (const folder of await cardFolders(root)) {
    const id = folder.split('/').slice(0, -1).join('/');
    const file = join(root, folder, cardFile);
    try {
      const card = cardOf(await readFile(file, 'utf8'), folder);
      const pulledAt = (await stat(file)).mtimeMs;
      if (pulledAt > (cards.get(id)?.pulledAt ?? 0)) cards.set(id, { card, pulledAt });
    } catch (error) {
      unusable.push({ id, reason: asParlanceError(error).message });
    }
  }
  return { cards: [...cards.values()].map(({ card }) => card), unusable };
}

function cardOf(text: string, folder: string): ModelCard {
  const parsed = modelCard.safeParse(jsonOf(text));
  const card = parsed.data;
  if (card?.source === 'hub' && `${card.id}/${card.revision}` === folder) return card;
  throw new ParlanceError('unsupported', `Its ${cardFile} is not the one it was pulled with. Pull it again.`);
}

/** Folders with a card, two or three levels down, with forward slashes. Those that begin with a dot are half pulled. */
async function cardFolders(root: string): Promise<string[]> {
  const found: string[] = [];
  const walk = async (below: string[]): Promise<void> => {
    const entries = await readdir(join(root, ...below), { withFileTypes: true }).catch(() => []);
    if (below.length > 1 && entries.some(({ name }) => name === cardFile)) found.push(below.join('/'));
    else if (below.length < 3)
      for (const entry of entries)
        if (entry.isDirectory() && !entry.name.startsWith('.')) await walk([...below, entry.name]);
  };
  await walk([]);
  return found.sort();
}

/** Removes every commit of a model, or all but the one that is to stay. Beside them may be models of an owner of the same name. */
export async function removePulled(root: string, id: string, except?: string): Promise<void> {
  const folder = join(root, id);
  const names = await readdir(folder).catch((): string[] => []);
  const commits = names.filter((name) => /^[0-9a-f]{40}$/.test(name) && name !== except);
  for (const commit of commits) await rm(join(folder, commit), { recursive: true, force: true });
  for (const each of [folder, dirname(folder)]) if (each !== root) await rmdir(each).catch(() => {});
}
